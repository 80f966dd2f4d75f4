from . import application, offer, programme, registration
