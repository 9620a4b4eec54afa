/// The readings of a session's measurements, as one value.
public struct MeasurementResults: Sendable {
  private var readings: [String: any Sendable] = [:]

  public init() {}

  /// What a measurement has found; empty where it was never asked for.
  public subscript<Kind: Measurement>(_: Kind.Type) -> Reading<Kind.Value> {
    get { readings[Kind.name] as? Reading<Kind.Value> ?? Reading() }
    set { readings[Kind.name] = newValue }
  }

  mutating func add<Kind: Measurement>(_ measurement: Kind) {
    self[Kind.self] = measurement.reading
  }
}
