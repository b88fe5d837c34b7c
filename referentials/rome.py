"""Which occupations of ROME 4.0 are digital, and in which family.

The rule: every code M18 ("systèmes d'information et de télécommunication") except meteorology, and elsewhere the codes
named below, whose own label, or most of whose appellations, name a digital activity. So data, web, design, games,
digital marketing, fibre, IT support, BIM and home automation are in; call centres, journalism, general marketing and
human resources are out, although some of their appellations hold the word. A code that ROME adds later under M18 is
digital until this table says otherwise.
"""

from referentials.enums import OccupationFamily as Family

_NAMED = {
    Family.DEVELOPMENT: "M1805 M1813 M1815 M1818 M1820 M1821 M1832 M1836 M1837 M1841 M1842 M1848 M1852 M1855 M1858 "
    "M1861 M1865 M1877 M1887",
    Family.DATA: "M1405 M1414 M1419 M1423 M1808 M1811 M1824 M1851 M1868 M1872 M1873 M1888 M1889 M1894 H1215",
    Family.INFRASTRUCTURE: "M1801 M1802 M1810 M1816 M1822 M1826 M1827 M1829 M1830 M1835 M1839 M1843 M1847 M1849 M1854 "
    "M1857 M1860 M1876 M1878 M1879 I1403",
    Family.SECURITY: "M1812 M1817 M1819 M1833 M1844 M1846 M1856 M1863 M1866 M1882 M1883 M1884 K1906",
    Family.TELECOMS: "M1804 M1807 M1862 M1885 F1623 I1104 I1106 I1311 I1312 I1315 I1317 I1319 I1330",
    Family.SUPPORT: "M1869 M1871 M1874 G1238 I1401 I1404 I1405 I1406 I1407 I1409",
    Family.PROJECT: "M1806 M1814 M1823 M1825 M1828 M1838 M1840 M1853 M1859 M1864 M1870 M1875 M1880 M1881 M1886 M1410",
    Family.MANAGEMENT: "M1803 M1867 M1426",
    Family.DESIGN: "M1850 E1104 E1205 E1206 E1207 E1210 L1510",
    Family.GAMES: "M1831 E1115 E1125",
    Family.MARKETING: "M1834 M1716 M1718 M1719 D1438 E1101 E1113 E1124 E1127 E1405 E1406 E1407 E1410",
    Family.CONNECTED: "M1845 M1892 F1125 F1134 H1208 I1314 I1320 M1305 N2206",
}
_FAMILIES = {code: family for family, codes in _NAMED.items() for code in codes.split()}
_METEOROLOGY = frozenset({"M1809", "M1890", "M1891", "M1893"})


def family_of(code: str) -> str:
    """The family of a digital occupation, empty for one that is not digital."""
    if code in _METEOROLOGY:
        return ""
    default = Family.DEVELOPMENT if code.startswith("M18") else ""
    return str(_FAMILIES.get(code, default))
