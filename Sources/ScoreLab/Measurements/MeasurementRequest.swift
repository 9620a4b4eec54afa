/// Which measurements somebody wants to see; the others are not computed.
public struct MeasurementRequest: Sendable, Equatable {
  /// All there are.
  public static let all = MeasurementRequest(MeasurementCatalog.all)
  /// What is measured where nobody has asked: all but what takes long.
  public static let unasked = MeasurementRequest(
    MeasurementCatalog.all.filter { $0.isTakenUnasked })
  public static let none = MeasurementRequest([])

  private var names: Set<String>
  private var frontNames: Set<String> = []
  /// The particle to follow, for those that do.
  public var placed: PlacedParticle?
  /// The sample metrics to measure, by name, for those that do; nil for the standard ones.
  public var metrics: [String]?

  public init(_ measurements: [any Measurement.Type]) {
    names = Set(measurements.map { $0.name })
  }

  public func contains(_ measurement: any Measurement.Type) -> Bool {
    names.contains(measurement.name)
  }

  /// Asks for these to be taken more often than the others, in place of any that were before.
  public mutating func putInFront(_ measurements: [any Measurement.Type]) {
    frontNames = Set(measurements.map { $0.name })
  }

  /// Whether it is to be taken more often than the others.
  public func isInFront(_ measurement: any Measurement.Type) -> Bool {
    frontNames.contains(measurement.name)
  }

  public mutating func formUnion(_ other: Self) {
    names.formUnion(other.names)
    frontNames.formUnion(other.frontNames)
    placed = placed ?? other.placed
    metrics = metrics ?? other.metrics
  }
}
