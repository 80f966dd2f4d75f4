from . import offer, pipeline, registration
