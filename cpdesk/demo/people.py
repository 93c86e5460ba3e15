"""Imagined people of many cultures, in an order that is the same in every demo."""

# ruff: noqa: RUF001 - names are spelled as the people who bear them do

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

_NAMES = {
    "English": (
        "Amelia Ben Charlotte Daniel Emily Frank Grace Harry Isla Jack Kate Liam Megan Nathan Olivia Peter Ruby Sam",
        "Adams Baker Carter Dawson Ellis Foster Green Hughes Irving Jenkins Kelly Lawson Mitchell Norris Owens Parker",
    ),
    "American": (
        "Aaliyah Brandon Chloe Derrick Ella Ethan Hannah Isaiah Jasmine Kyle Logan Madison Noah Paige Tyler Zoe",
        "Brooks Coleman Dixon Flores Griffin Hayes Jefferson Kowalski Lopez Montgomery Nguyen Ortiz Reed Simmons Tran",
    ),
    "German": (
        "Anke Björn Claudia Dieter Elke Florian Greta Holger Ingrid Jürgen Katrin Lukas Marlene Niklas Sabine Uwe",
        "Albrecht Bäcker Dietrich Fischer Groß Huber Jäger Krüger Lehmann Möller Neumann Pfeiffer Schäfer Vogt Weiß",
    ),
    "French": (
        "Adèle Benoît Chloé Didier Élodie François Gaëlle Hervé Inès Julien Léa Maxime Noémie Océane Pascal Zoé",
        "Bernard Chevalier Dubois Faure Garnier Lefèvre Marchand Mercier Noël Perrin Renaud Rousseau Simon Vasseur",
    ),
    "Italian": (
        "Alessia Bruno Chiara Davide Elena Fabio Giulia Lorenzo Martina Niccolò Paola Riccardo Serena Tommaso",
        "Barbieri Conti De_Luca Esposito Ferrari Gallo Lombardi Marino Ricci Romano Santoro Villa",
    ),
    "Spanish": (
        "Alejandro Beatriz Carmen Diego Elena Fernando Inés Javier Lucía Marta Nuria Óscar Pilar Sergio Ximena",
        "Álvarez Blanco Castro Domínguez Fernández García Iglesias Muñoz Navarro Ortega Peña Ruiz Sánchez Vega",
    ),
    "Portuguese": (
        "Ana Beatriz Caio Débora Eduardo Flávia Gustavo Helena João Larissa Mateus Natália Rafael Thaís Vinícius",
        "Almeida Barros Cardoso Duarte Ferreira Gonçalves Lima Magalhães Nogueira Pereira Rocha Souza Teixeira",
    ),
    "Swedish": (
        "Alva Björn Ebba Erik Freja Gunnar Hjalmar Ingrid Linnéa Måns Nils Oskar Saga Stellan Tove Åsa",
        "Åkesson Berglund Dahl Ekström Forsberg Hedlund Järvinen Lindqvist Nyström Öberg Sjögren Wikström",
    ),
    "Polish": (
        "Agnieszka Bartosz Dorota Emilia Filip Grażyna Jakub Katarzyna Łukasz Małgorzata Paweł Stanisław Zofia",
        "Dąbrowski Jabłoński Kamiński Lewandowski Mazur Nowak Olszewski Pawlak Sikora Wiśniewski Zieliński",
    ),
    "Turkish": (
        "Ayşe Burak Çağla Deniz Elif Furkan Gökhan İrem Kemal Merve Onur Pınar Selin Tolga Yiğit Zeynep",
        "Aydın Çelik Demir Erdoğan Güneş Kaya Koç Özdemir Öztürk Şahin Taş Yıldız",
    ),
    "Irish": (
        "Aoife Brendan Ciara Declan Eimear Fionn Gráinne Niamh Oisín Róisín Seán Saoirse Tadhg",
        "Brennan Byrne Doyle Fitzgerald Gallagher Kavanagh Murphy Nolan O'Brien O'Connor Quinn Sheehan",
    ),
    "Indian": (
        "Aarav Ananya Arjun Diya Ishaan Kavya Lakshmi Manish Neha Priya Rahul Rohan Sanjana Tanvi Vikram Yash",
        "Agarwal Banerjee Chatterjee Desai Gupta Iyer Joshi Kapoor Mehta Nair Patel Reddy Sharma Singh Verma",
    ),
    "Arabic": (
        "Ahmed Amira Fatima Hassan Huda Ibrahim Khalid Layla Mariam Noor Omar Rania Salim Yasmin Youssef Zainab",
        "Al-Amin Al-Farsi Al-Hashimi Al-Mansoori Darwish El-Sayed Haddad Khoury Mansour Nasser Qasim Rahman Saleh",
    ),
    "Kenyan": (
        "Achieng Baraka Chebet Juma Kamau Makena Njeri Otieno Wambui Zawadi",
        "Kariuki Kiprop Maina Mwangi Ndung'u Odhiambo Ochieng Wanjiru",
    ),
    "Nigerian": (
        "Adaeze Babatunde Chinedu Chioma Emeka Folake Ifeoma Kelechi Ngozi Olumide Temitope Yetunde",
        "Adeyemi Balogun Eze Ibrahim Nwosu Obi Okafor Okonkwo Olawale Uche",
    ),
    "Chinese": (
        "Bo Chen Fang Hui Jing Lei Mei Na Qiang Ting Wei Xin Yan Yong Zhen",
        "Chan Gao Huang Li Lin Liu Tang Wang Wu Xu Yang Zhang Zhao Zhou",
    ),
}
"""First and last names of a culture, apart by blanks; "_" is a blank within a name."""

_JAPANESE = (
    "葵:Aoi 翔太:Shota 美咲:Misaki 健一:Kenichi 陽菜:Hina 大輔:Daisuke 結衣:Yui 直樹:Naoki 彩:Aya 拓海:Takumi",
    "佐藤:Sato 鈴木:Suzuki 高橋:Takahashi 田中:Tanaka 伊藤:Ito 渡辺:Watanabe 山本:Yamamoto 中村:Nakamura",
)
"""Native and Latin spelling."""

_WORK = (
    ("Accounting", "Accountant", "Controller", "Payroll Clerk"),
    ("Sales", "Account Manager", "Sales Assistant", "Head of Sales"),
    ("Operations", "Dispatcher", "Shift Lead", "Operations Manager", "Planner"),
    ("IT", "Systems Administrator", "Service Desk Analyst"),
    ("Human Resources", "Recruiter", "HR Partner"),
    ("Management", "Managing Director", "Executive Assistant"),
    ("Customer Service", "Service Representative", "Team Lead"),
)

_PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ß": "ss", "ı": "i", "ø": "o", "'": "", " ": "", "-": ""})
"""Letters that do not come apart into a plain one and an accent, and what has no place in an address."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works for a customer."""

    first: str
    last: str
    display: str
    address: str
    """What stands before the @."""
    department: str
    title: str


def people(random: Random, cultures: Sequence[str]) -> Iterator[Person]:
    """People without end, each with an address of their own."""
    taken: dict[str, int] = {}
    while True:
        first, last, display, plain = _name(random, random.choice(cultures))
        taken[plain] = taken.get(plain, 0) + 1
        address = plain if taken[plain] == 1 else f"{plain}{taken[plain]}"
        department, *titles = random.choice(_WORK)
        yield Person(first, last, display, address, department, random.choice(titles))


def _name(random: Random, culture: str) -> tuple[str, str, str, str]:
    """First and last name, the name as it is shown, and the address made of it."""
    if culture == "Japanese":
        (first, given), (last, family) = (random.choice(names.split()).split(":") for names in _JAPANESE)
        return first, last, f"{last} {first}", f"{_plain(given)}.{_plain(family)}"
    first, last = (random.choice(names.split()).replace("_", " ") for names in _NAMES[culture])
    return first, last, f"{first} {last}", f"{_plain(first)}.{_plain(last)}"


def _plain(name: str) -> str:
    """A name in the letters of an address: "Łukasz" is "lukasz"."""
    apart = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    return apart.encode("ascii", "ignore").decode().lower()
