/// A network for each of several noise levels, even in log SNR; steps take turns among them.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Setting 1.1: a separate
/// minimiser for each time.
public struct NetworkBank: LevelDraw {
  /// The number of networks, at least 2.
  public let networks: Int

  public init(networks: Int) {
    precondition(networks >= 2, "A bank has several networks.")
    self.networks = networks
  }

  public func level(atQuantile u: Double, of process: any ForwardProcess) -> NoiseLevel {
    let index = min(networks - 1, Int(u * Double(networks)))
    let range = process.logSNRRange
    let fraction = Double(index) / Double(networks - 1)
    return process.level(
      atLogSNR: range.lowerBound + fraction * (range.upperBound - range.lowerBound))
  }

  public func density(atLogSNR logSNR: Double, of process: any ForwardProcess) -> Double? { nil }

  public func atoms(of process: any ForwardProcess) -> [NoiseLevel]? {
    (0..<networks).map {
      level(atQuantile: (Double($0) + 0.5) / Double(networks), of: process)
    }
  }
}

extension CatalogEntry where Member == any LevelDraw {
  static let bank = Self(
    name: "bank", summary: "a network of its own for each of several levels",
    source: "Gupta et al. 2024 (arXiv:2311.13745), Setting 1.1",
    parameters: [
      ParameterDescription(
        "bank_networks", "number of networks, even in log SNR", .integer(default: 16, range: 2...64)
      )
    ]
  ) { NetworkBank(networks: $0.integer("bank_networks")) }
}
