"""Endless sentences whose point is a value said in words: dates, numbers, addresses, names, spelled letters."""
import csv
import random
from pathlib import Path

DA_LETTERS = dict(zip("ABCDEFGHIJKLMNOPRSTUVYZÆØÅ", (
    "a be se de e æf ge hå i jåd kå æl æm æn o pe ær æs te u ve y sæt æ ø å").split()))
UK_LETTERS = {"А": "а", "Б": "бе", "В": "ве", "Г": "ге", "Д": "де", "Е": "е", "К": "ка", "Л": "ел", "М": "ем", "Н": "ен", "О": "о",
              "П": "пе", "Р": "ер", "С": "ес", "Т": "те", "У": "у", "Ф": "еф", "Х": "ха", "Ч": "че", "Ш": "ша", "Я": "я", "Ю": "ю", "І": "і"}
WOMEN = ("Олена Наталія Ірина Оксана Юлія Тетяна Світлана Марія Анна Катерина Людмила Галина Вікторія Ольга Надія Дарина Софія "
         "Соломія Христина Валентина Лариса Інна Алла Зоряна Поліна Вероніка Маргарита Богдана Леся Аліна").split()
MEN = ("Андрій Олександр Сергій Іван Микола Василь Петро Тарас Богдан Максим Дмитро Олег Ігор Юрій Віктор Роман Павло Ярослав "
       "Артем Денис Назар Остап Степан Григорій Володимир Матвій Тимофій Данило Кирило Євген").split()
SURNAMES = ("Коваленко Шевченко Бондаренко Ткаченко Кравченко Мельник Поліщук Савченко Лисенко Марченко Руденко Гончар Бойко "
            "Петренко Мороз Левченко Захарчук Гнатюк Романюк Кузьменко Іваненко Сидоренко Павленко Демченко Костенко Климчук "
            "Остапчук Ярошенко Литвин Дорошенко Панченко Вовк Кушнір Чорний Білоус Жук Стельмах").split()
DA_NAMES = ("Mette Anders Søren Kirsten Lars Hanne Jens Pia Morten Lene Peter Karen Niels Birgitte Thomas Line Jesper Ida Rasmus "
            "Camilla Kasper Gitte Henrik Louise").split()
DA_SURNAMES = "Jensen Nielsen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Madsen Kristensen Møller Thomsen".split()
UK_TOWNS = ("Києва Харкова Одеси Львова Дніпра Запоріжжя Херсона Миколаєва Чернігова Полтави Сум Вінниці Житомира Луцька Рівного "
            "Тернополя Черкас Кропивницького Маріуполя Ірпеня Бучі Краматорська").split()
UK_TOWNS_DA = ("Kyjiv Kharkiv Odesa Lviv Dnipro Zaporizjzja Kherson Mykolajiv Tjernihiv Poltava Sumy Vinnytsja Luhansk Donetsk Irpin").split()
WEEKDAYS = [("mandag", "понеділок"), ("tirsdag", "вівторок"), ("onsdag", "середа"), ("torsdag", "четвер"), ("fredag", "п'ятниця"),
            ("lørdag", "субота"), ("søndag", "неділя")]


class Values:
    def __init__(self, domain, seed, cyrillic):
        self.r = random.Random(seed)
        self.cyrillic = cyrillic
        read = lambda name: list(csv.DictReader((Path(domain) / name).read_text(encoding="utf-8").splitlines(), delimiter="\t"))
        self.da = {int(x["n"]): x for x in read("numerals_da.tsv")}
        self.uk = {int(x["n"]): x for x in read("numerals_uk.tsv")}
        self.months = read("months.tsv")
        self.streets = [x["street"] for x in read("streets_aarhus.tsv") if "." not in x["street"]]
        self.heard = {x["street"]: [v for v in x["uk_heard_variants"].split("|") if v and "ґ" not in v] for x in read("streets_aarhus.tsv")}
        self.streets += ("Vestergade Østergade Nørregade Søndergade Storegade Skolegade Kirkevej Skovvej Stationsvej Parkvej Møllevej "
                         "Randersvej Viborgvej Silkeborgvej Skanderborgvej Oddervej Grenåvej Hasle Ringvej Torvegade Havnegade Åboulevarden "
                         "Bredgade Kongensgade Dronningensgade Jernbanegade Algade Strandvejen Bakkevej Engvej Birkevej Lindevej").split(" ")
        self.streets = [s for s in self.streets if s not in ("Hasle", "Ringvej")]
        self.towns = sorted({x["district"] for x in read("postal_codes_dk.tsv") if x["status"] == "current" and "." not in x["district"]})
        self.near = ("Aarhus C,Aarhus N,Aarhus V,Brabrand,Åbyhøj,Risskov,Viby,Højbjerg,Egå,Lystrup,Randers,Viborg,Silkeborg,Skanderborg,Horsens,"
                     "Odder,Grenaa,Hadsten,Hinnerup,Beder,Malling,Tranbjerg,Tilst,Hasselager,Odense,Aalborg,København,Esbjerg,Kolding,Vejle").split(",")

    # numbers -----------------------------------------------------------------------------------
    def dn(self, n):
        if n < 100:
            return self.da[n]["cardinal"]
        if n < 1000:
            h, rest = divmod(n, 100)
            return ("et hundrede" if h == 1 else self.dn(h) + " hundrede") + (" og " + self.dn(rest) if rest else "")
        t, rest = divmod(n, 1000)
        return ("et tusind" if t == 1 else self.dn(t) + " tusind") + ((" og " if rest < 100 else " ") + self.dn(rest) if rest else "")

    def un(self, n, fem=False):
        if n < 100:
            if fem and n % 10 in (1, 2) and n not in (11, 12):
                return ((self.uk[n - n % 10]["cardinal"] + " ") if n > 10 else "") + {1: "одна", 2: "дві"}[n % 10]
            return self.uk[n]["cardinal"]
        if n < 1000:
            h, rest = divmod(n, 100)
            return self.uk[h * 100]["cardinal"] + (" " + self.un(rest, fem) if rest else "")
        t, rest = divmod(n, 1000)
        form = "тисяча" if t % 10 == 1 and t % 100 != 11 else "тисячі" if t % 10 in (2, 3, 4) and t % 100 not in (12, 13, 14) else "тисяч"
        return ("тисяча" if t == 1 else self.un(t, True) + " " + form) + (" " + self.un(rest, fem) if rest else "")

    def number(self, lang, n):
        return self.dn(n) if lang == "da" else self.un(n)

    def two(self, lang, n):
        return (("nul " if lang == "da" else "нуль ") if n < 10 else "") + self.number(lang, n)

    def year(self, lang, y):
        c, rest = divmod(y, 100)
        if lang == "da":
            if c == 20:
                return self.r.choice(["to tusind og ", "tyve "] if rest > 9 else ["to tusind og "]) + self.dn(rest)
            return f"nitten hundrede {self.r.choice(['', 'og '])}{self.dn(rest)}" if self.r.random() < .6 else self.dn(rest)
        return ("тисяча дев'ятсот " if c == 19 else "дві тисячі ") + self.uk[rest]["ord_gen_mn"] + " року"

    def date(self, lang):
        d, m, y = self.r.randint(1, 31), self.r.choice(self.months), self.r.choice([self.r.randint(1940, 1999), self.r.randint(2001, 2026)])
        k = self.r.random()
        if lang == "da":
            if k < .15:
                return f"den {self.da[d]['ordinal']} {self.r.choice(self.months)['da_as_ordinal']}"
            return f"den {self.da[d]['ordinal']} {m['da']}" + (f" {self.year(lang, y)}" if k > .6 else "")
        if k < .15:
            return f"{self.uk[d]['ord_gen_mn']} числа"
        return f"{self.uk[d]['ord_gen_mn']} {m['uk_gen']}" + (f" {self.year(lang, y)}" if k > .6 else "")

    # pieces ------------------------------------------------------------------------------------
    def pairs(self, lang, count, sep=", "):
        return sep.join(self.two(lang, self.r.randint(0, 99)) for _ in range(count))

    def digits(self, lang, count):
        return " ".join(self.number(lang, self.r.randint(0, 9)) for _ in range(count))

    def cpr(self, lang):
        d, m, y = self.r.randint(1, 31), self.r.randint(1, 12), self.r.randint(0, 99)
        head = [self.two(lang, x) for x in (d, m, y)]
        return ", ".join(head + [self.two(lang, self.r.randint(0, 99)) for _ in range(2)]) if self.r.random() < .75 else \
            ", ".join(head + [self.digits(lang, 4)])

    def street(self, lang):
        s = self.r.choice(self.streets)
        if lang == "da":
            return s
        return self.r.choice(self.heard[s]) if self.heard.get(s) and self.r.random() < .5 else " ".join(self.cyrillic(w) for w in s.split())

    def town(self, lang):
        t = self.r.choice(self.near if self.r.random() < .6 else self.towns)
        if lang == "da":
            return t
        known = {"Aarhus": "Орхус", "Odense": "Оденсе", "København": "Копенгаген", "Aalborg": "Ольборг", "Randers": "Рандерс", "Viborg": "Віборг"}
        return " ".join(known.get(w) or ({"C": "С", "N": "Н", "V": "В"}.get(w) or self.cyrillic(w)) for w in t.split())

    def house(self, lang):
        n = self.number(lang, self.r.randint(1, 160))
        if self.r.random() < .3:
            n += self.r.choice([" A", " B", " C", " D"]) if lang == "da" else self.r.choice([" а", " бе", ", літера бе", ", літера а"])
        return n

    def floor(self, lang):
        n = self.r.randint(1, 9)
        if lang == "da":
            where = self.r.choice([f"{self.da[n]['ordinal']} sal", f"{self.da[n]['ordinal']} sal", f"{self.da[n]['ordinal']} etage", "stuen", "i kælderen"])
            return where + self.r.choice([" til venstre", " til højre", " midtfor", f" dør {self.dn(self.r.randint(1, 30))}", ""])
        where = self.r.choice([f"{self.uk[n]['ord_nom_m']} поверх", f"на {self.uk[n]['ord_dat_loc_mn']} поверсі", f"{self.uk[n]['ord_nom_m']} сал", "перший поверх"])
        return where + self.r.choice([" ліворуч", " праворуч", ", праворуч", ", двері посередині", f", двері {self.un(self.r.randint(1, 30))}", ""])

    def name(self, lang):
        if lang == "da":
            return f"{self.r.choice(DA_NAMES)} {self.r.choice(DA_SURNAMES)}"
        return self.r.choice([f"{self.r.choice(WOMEN + MEN)} {self.r.choice(SURNAMES)}"] * 2 + [f"{self.r.choice(SURNAMES)} {self.r.choice(WOMEN + MEN)}"])

    def latin_name(self):
        """A Ukrainian name as a Dane reads it off a passport."""
        return self.r.choice(("Olena Nataliia Iryna Oksana Yuliia Tetiana Svitlana Mariia Anna Kateryna Halyna Olha Nadiia Daryna Sofiia Andrii "
                              "Oleksandr Serhii Ivan Mykola Vasyl Petro Taras Bohdan Maksym Dmytro Oleh Ihor Roman Pavlo Yaroslav").split()) + " " + \
            self.r.choice(("Kovalenko Shevchenko Bondarenko Tkachenko Kravchenko Melnyk Savchenko Lysenko Marchenko Rudenko Boiko Petrenko Moroz "
                           "Hnatiuk Romaniuk Ivanenko Pavlenko Kostenko Kravchuk Tkachuk").split())

    def spelled(self, lang):
        letters = DA_LETTERS if lang == "da" else UK_LETTERS
        return ", ".join(letters[self.r.choice(list(letters))] for _ in range(self.r.randint(3, 7)))

    def email(self, lang):
        name = self.r.choice("olena ivan maria taras anna petro oksana bohdan".split())
        host = self.r.choice(["gmail punktum com", "mail punktum dk", "outlook punktum com"])
        if lang == "da":
            return f"{name} snabel-a {host}"
        cyr = dict(olena="олена", ivan="іван", maria="марія", taras="тарас", anna="анна", petro="петро", oksana="оксана", bohdan="богдан")[name]
        return f"{cyr} равлик {self.r.choice(['джимейл крапка ком', 'мейл крапка де ка', 'укр крапка нет'])}"

    # sentences ---------------------------------------------------------------------------------
    def sentence(self, lang):
        r = self.r
        kind = r.choices(["date", "phone", "cpr", "address", "postcode", "name", "floor", "age", "number", "spell", "email", "fix", "town", "week"],
                         [4, 3, 3, 4, 2, 3, 2, 2, 2, 1, .6, 3, 1.5, .8])[0]
        da = lang == "da"
        if kind == "date":
            v = self.date(lang)
            f = ["Jeg er født {}.", "Vi flytter {}.", "Flyttedatoen er {}.", "Det er {}.", "{}.", "Er det {}?", "Så skriver jeg {}.", "Du er født {}, ikke?", "Fra {}."] if da else \
                ["Я народилася {}.", "Я народився {}.", "Ми переїжджаємо {}.", "{}.", "З {}.", "Дата народження {}.", "Я переїхала {}.", "Договір діє з {}.", "Так, {}."]
        elif kind == "phone":
            v = self.pairs(lang, 4, r.choice([", ", " "])) if r.random() < .8 else self.digits(lang, 8)
            f = ["{}.", "Dit telefonnummer er {}.", "{}, er det rigtigt?", "Så har jeg nummeret {}."] if da else ["{}.", "Мій телефон {}.", "Номер {}.", "Так, {}.", "Мій номер телефону {}."]
        elif kind == "cpr":
            v = self.cpr(lang)
            f = ["{}.", "Dit CPR-nummer er {}.", "{}, er det rigtigt?"] if da else ["{}.", "Мій номер CPR {}.", "Так, {}.", "Номер {}."]
        elif kind == "address":
            v = f"{self.street(lang)} {self.house(lang)}" + (f", {self.floor(lang)}" if r.random() < .35 else "") + (f", {self.town(lang)}" if r.random() < .3 else "")
            f = ["{}.", "Altså {}.", "Du flytter til {}.", "Din nye adresse er {}.", "Bor du på {}?", "{}, er det rigtigt?"] if da else \
                ["{}.", "Я живу на {}.", "Нова адреса {}.", "Ми жили на {}.", "Це {}.", "Стара адреса {}."]
        elif kind == "postcode":
            n = r.randint(10, 99), r.choice([0, 0, r.randint(0, 99)])
            v = (f"{self.two(lang, n[0])} {self.two(lang, n[1])}" if n[1] else self.number(lang, n[0] * 100)) if r.random() < .8 else self.digits(lang, 4)
            v += " " + self.town(lang)
            f = ["{}.", "Postnummeret er {}.", "Det er {}.", "{}, ikke?"] if da else ["{}.", "Індекс {}.", "Поштовий індекс {}.", "Це {}."]
        elif kind == "name":
            v = (self.name(lang) if not da or r.random() < .4 else self.latin_name())
            f = ["Jeg hedder {}.", "{}, er det rigtigt?", "Så du hedder {}.", "Goddag {}.", "{}."] if da else ["Мене звати {}.", "{}.", "Моє ім'я {}.", "Мого чоловіка звати {}.", "Дитину звати {}."]
        elif kind == "floor":
            v = self.floor(lang)
            f = ["{}.", "Bor du {}?", "Det er {}."] if da else ["{}.", "Це {}.", "Квартира {}."]
        elif kind == "age":
            n = r.randint(2, 90)
            v = f"{self.dn(n)} år" if da else f"{self.un(n)} " + ("рік" if n % 10 == 1 and n != 11 else "роки" if n % 10 in (2, 3, 4) and n not in (12, 13, 14) else "років")
            f = ["Jeg er {}.", "Han er {}.", "Er hun {}?", "Barnet er {}."] if da else ["Мені {}.", "Йому {}.", "Доньці {}.", "Синові {}.", "{}."]
        elif kind == "number":
            v = self.number(lang, r.choice([r.randint(0, 30), r.randint(10, 99), r.randint(100, 999), r.randint(1000, 9999)]))
            f = ["{}.", "Nummer {}.", "Det koster {} kroner.", "Nej, {}."] if da else ["{}.", "Номер {}.", "{} крон.", "Ні, {}."]
        elif kind == "spell":
            v = self.spelled(lang)
            f = ["{}.", "Det staves {}."] if da else ["{}.", "По літерах, {}."]
        elif kind == "email":
            v = self.email(lang)
            f = ["{}.", "Din mail er {}."] if da else ["{}.", "Моя пошта {}."]
        elif kind == "town":
            v = self.town(lang) if r.random() < .7 else (r.choice(UK_TOWNS_DA) if da else r.choice(UK_TOWNS))
            f = ["Du flytter fra {}.", "Er det i {}?", "{}.", "Kommer du fra {}?"] if da else ["Я приїхала з {}.", "{}.", "Ми живемо в місті {}.", "До {}."]
        elif kind == "week":
            d = r.choice(WEEKDAYS)
            v = d[0] if da else d[1]
            f = ["På {}.", "Det er en {}.", "Sidste {}."] if da else ["Це {}.", "{}."]
        else:
            a, b = self.number(lang, r.randint(1, 99)), self.number(lang, r.randint(1, 99))
            if r.random() < .3:
                a, b = self.date(lang), self.date(lang)
            if da:
                return self.up(r.choice([f"Nej, ikke {a}, men {b}.", f"{a}. Nej, undskyld, {b}.", f"Undskyld, {b}.", f"Ikke {a}, {b}."]))
            return self.up(r.choice([f"Ні, не {a}, а {b}.", f"{a}. Ой, ні, {b}.", f"Вибачте, не {a}, а {b}.", f"{a}. Ні, помилилася, {b}."]))
        return self.up(r.choice(f).format(v))

    @staticmethod
    def up(s):
        return s[0].upper() + s[1:]
