from . import application, offer, pipeline, programme, registration, team
