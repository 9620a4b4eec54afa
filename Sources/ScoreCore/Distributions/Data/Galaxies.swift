/// The velocities of 82 galaxies in the region of Corona Borealis, in km/s.
///
/// Several clusters on the line: how many is a question of the bandwidth. Value 78 is 26690 as in
/// R's `MASS::galaxies`, whose help page says that it should be 26960 and that an 83rd value, 5607,
/// was left out. The distribution is ``SmoothedPoints`` of the standardised velocities.
///
/// Source: Postman, Huchra and Geller 1986, Astronomical Journal 92, 1238-1247; Roeder 1990,
/// Journal of the American Statistical Association 85, 617-624. The numbers are measured facts.
/// They were taken from the Python package pydataset 0.2.0 (MIT), which exports the table of R's
/// `MASS` (GPL-2 or GPL-3).
enum Galaxies {
  static let table = DataTable(names: ["velocity (km/s)"], rows: 82, embedded: velocities)

  private static let velocities = """
    9172 9350 9483 9558 9775 10227 10406 16084 16170 18419 18552 18600 18927 19052 19070 19330
    19343 19349 19440 19473 19529 19541 19547 19663 19846 19856 19863 19914 19918 19973 19989
    20166 20175 20179 20196 20215 20221 20415 20629 20795 20821 20846 20875 20986 21137 21492
    21701 21814 21921 21960 22185 22209 22242 22249 22314 22374 22495 22746 22747 22888 22914
    23206 23241 23263 23484 23538 23542 23666 23706 23711 24129 24285 24289 24366 24717 24990
    25633 26690 26995 32065 32789 34279
    """
}

extension DistributionCatalog.Entry {
  static let galaxies = table(
    name: "galaxies",
    summary: "velocities of 82 galaxies, several clusters on the line, smoothed",
    source: "Postman, Huchra and Geller 1986; Roeder 1990; as in R's MASS::galaxies"
  ) { Galaxies.table }
}
