"""Customers: companies whose names nobody bears, at addresses that nobody can have."""

import unicodedata
from dataclasses import dataclass

INDUSTRIES = (
    ("Manufacturing", 22),
    ("Wholesale/Retail", 18),
    ("Transportation/Logistics", 14),
    ("IT/Communication", 12),
    ("Food/Hospitality", 11),
    ("Construction", 9),
    ("Health/Social", 8),
    ("Education", 6),
)
TRADES = {
    "Manufacturing": ("Works", "Tools", "Plastics"),
    "Wholesale/Retail": ("Trading", "Stores", "Supply"),
    "Transportation/Logistics": ("Freight", "Logistics", "Couriers"),
    "IT/Communication": ("Software", "Networks", "Data"),
    "Food/Hospitality": ("Bakery", "Foods", "Hotels"),
    "Construction": ("Builders", "Roofing", "Concrete"),
    "Health/Social": ("Clinic", "Care", "Dental"),
    "Education": ("Academy", "Courses", "School"),
}
SIZES = ((1, 9, 28), (10, 49, 32), (50, 249, 24), (250, 999, 11), (1000, 6000, 5))
FREE_MAIL = "example.com"  # Odoo itself counts it among the public mailbox providers


@dataclass(frozen=True)
class Country:
    code: str
    lang: str
    form: str
    cities: tuple[str, ...]
    first_names: tuple[str, ...]
    surname: str
    hello: str
    phone: str
    share: int


# The surname is the country's own word for "sample"; telephone numbers only where the country
# keeps some that are never given to anybody.
COUNTRIES = (
    Country(
        "HU",
        "hu_HU",
        "Kft.",
        ("Budapest", "Győr", "Szeged", "Pécs"),
        ("Ágnes", "Gábor", "Réka", "Zoltán", "Eszter"),
        "Minta",
        "Jó napot!",
        "",
        18,
    ),
    Country(
        "DE",
        "de_DE",
        "GmbH",
        ("Leipzig", "Bremen", "Ulm", "Kassel"),
        ("Anke", "Jürgen", "Silke", "Torsten", "Heike"),
        "Muster",
        "Guten Tag,",
        "+49 30 23125 {:03d}",
        17,
    ),
    Country(
        "ES",
        "es_ES",
        "S.L.",
        ("Zaragoza", "Vigo", "Murcia", "Burgos"),
        ("Lucía", "Pablo", "Carmen", "Javier", "Nuria"),
        "Ejemplo",
        "Hola,",
        "",
        14,
    ),
    Country(
        "US",
        "en_US",
        "Inc.",
        ("Boise", "Tulsa", "Dayton", "Fresno"),
        ("Emma", "Liam", "Harper", "Wyatt", "Nora"),
        "Sample",
        "Hi,",
        "+1 202-555-01{:02d}",
        19,
    ),
    Country(
        "BR",
        "pt_BR",
        "Ltda.",
        ("Curitiba", "Recife", "Campinas", "Natal"),
        ("Thiago", "Larissa", "Rafael", "Camila", "João"),
        "Exemplo",
        "Olá,",
        "",
        14,
    ),
    Country(
        "VN",
        "vi_VN",
        "JSC",
        ("Hà Nội", "Đà Nẵng", "Huế", "Cần Thơ"),
        ("Linh", "Minh", "Trang", "Tuấn", "Hương"),
        "Mẫu",
        "Xin chào,",
        "",
        10,
    ),
    Country(
        "MN",
        "mn_MN",
        "LLC",
        ("Ulaanbaatar", "Darkhan", "Erdenet"),
        ("Bat", "Oyun", "Temüjin", "Saran", "Enkh"),
        "Jishee",
        "Сайн байна уу,",
        "",
        8,
    ),
)
COUNTRY_BY_CODE = {country.code: country for country in COUNTRIES}

COLOURS = (
    "Amber",
    "Azure",
    "Brass",
    "Cobalt",
    "Copper",
    "Coral",
    "Crimson",
    "Dotted",
    "Ebony",
    "Golden",
    "Indigo",
    "Ivory",
    "Jade",
    "Lemon",
    "Lilac",
    "Mint",
    "Ochre",
    "Olive",
    "Pearl",
    "Plaid",
    "Ruby",
    "Saffron",
    "Silver",
    "Striped",
    "Teal",
    "Topaz",
    "Turquoise",
    "Velvet",
    "Violet",
    "Woolly",
)
ANIMALS = (
    "Badger",
    "Beaver",
    "Bison",
    "Camel",
    "Crane",
    "Dormouse",
    "Falcon",
    "Ferret",
    "Gecko",
    "Gnu",
    "Hedgehog",
    "Heron",
    "Ibex",
    "Iguana",
    "Jackdaw",
    "Koala",
    "Lemur",
    "Llama",
    "Lynx",
    "Magpie",
    "Marmot",
    "Mole",
    "Moose",
    "Narwhal",
    "Newt",
    "Ocelot",
    "Otter",
    "Panda",
    "Pelican",
    "Puffin",
    "Quokka",
    "Raccoon",
    "Robin",
    "Sloth",
    "Stoat",
    "Tapir",
    "Toucan",
    "Walrus",
    "Wombat",
    "Yak",
)


@dataclass(frozen=True)
class Company:
    name: str
    industry: str
    employees: int
    country: Country
    city: str
    contact: str
    email: str
    phone: str
    website: str

    @property
    def size(self):
        """0 (up to 9 employees) to 4 (1000 and more)."""
        return next(rank for rank, (low, high, _share) in enumerate(SIZES) if low <= self.employees <= high)

    @property
    def has_free_mailbox(self):
        return self.email.endswith("@" + FREE_MAIL)


def weighted(rng, rows):
    """One of the rows, the last item of each being its share."""
    return rng.choices(rows, weights=[row[-1] if isinstance(row, tuple) else row.share for row in rows])[0]


def invent(rng, name, free_mailbox=False, country=None, industry=None, employees=None):
    """A company called `name` (two invented words); what is not given is drawn."""
    country = country or weighted(rng, COUNTRIES)
    industry = industry or weighted(rng, INDUSTRIES)[0]
    low, high, _share = weighted(rng, SIZES)
    employees = employees or (1 if free_mailbox else rng.randint(low, high))
    first = rng.choice(country.first_names)
    domain = f"{plain(name)}.example.com"
    person = f"{plain(first)}.{plain(name)}@{FREE_MAIL}" if free_mailbox else f"{plain(first)}@{domain}"
    return Company(
        name=f"{name} {rng.choice(TRADES[industry])} {country.form}",
        industry=industry,
        employees=employees,
        country=country,
        city=rng.choice(country.cities),
        contact=f"{first} {country.surname}",
        email=person,
        phone=country.phone.format(rng.randint(10, 99)),
        website="" if free_mailbox else f"https://www.{domain}",
    )


def names(rng):
    """All pairs of a colour and an animal, in the order that chance gives."""
    pairs = [f"{colour} {animal}" for colour in COLOURS for animal in ANIMALS]
    rng.shuffle(pairs)
    return pairs


def plain(text):
    """`Ágnes` -> `agnes`, `Velvet Badger` -> `velvetbadger`: what may stand in an address."""
    text = text.replace("Đ", "D").replace("đ", "d")
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(letters.split()).lower()
