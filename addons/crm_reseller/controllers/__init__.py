from . import offer, programme, registration
