from . import binary, website_form
