from . import view_mail
