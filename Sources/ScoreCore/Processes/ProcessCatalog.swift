/// Every forward process on offer.
public enum ProcessCatalog {
  public static let all: [CatalogEntry<any ForwardProcess>] = [
    .ornsteinUhlenbeck
  ]

  /// The entry of a name, or nil.
  public static func entry(named name: String) -> CatalogEntry<any ForwardProcess>? {
    all.first { $0.name == name }
  }
}

extension CatalogEntry where Member == any ForwardProcess {
  static let ornsteinUhlenbeck = Self(
    name: "ornstein_uhlenbeck", summary: "dx = -x dt + sqrt(2) dB",
    source: "Gupta et al. 2024 (arXiv:2311.13745)",
    parameters: [
      ParameterDescription(
        "horizon", "time the reverse process starts at", .number(default: 5, range: 0.5...20)),
      ParameterDescription(
        "stop", "time it stops at, below the horizon", .number(default: 0.001, range: 1e-6...0.5)),
    ]
  ) { parameters throws(ParameterError) in
    let (horizon, stop) = (parameters.number("horizon"), parameters.number("stop"))
    guard stop < horizon else {
      throw ParameterError(path: ["stop"], message: "must be below the horizon \(horizon)")
    }
    return OrnsteinUhlenbeck(horizon: horizon, stop: stop)
  }
}
