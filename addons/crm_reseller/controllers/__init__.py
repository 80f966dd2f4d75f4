from . import offer, registration
