/// The forward process that turns data into noise.
public struct ProcessConfiguration: ConfigurationSection {
  public enum Kind: String, CaseIterable, Sendable {
    case ornsteinUhlenbeck = "ornstein_uhlenbeck"
  }

  public var kind = Kind.ornsteinUhlenbeck
  /// The time at which the reverse process starts, 0.5 to 20, in units of the process.
  public var horizon = 5.0
  /// The time at which the reverse process stops, 1e-6 to 0.5 and below the horizon.
  public var stop = 0.001

  public init() {}

  static let fields: [ConfigurationField<Self>] = [
    .choice("kind", "forward process from data to noise", \.kind),
    .number("horizon", "time the reverse process starts at", \.horizon, in: 0.5...20),
    .number("stop", "time it stops at, below the horizon", \.stop, in: 1e-6...0.5),
  ]

  static func check(_ section: Self, reader: ConfigurationReader) throws(ConfigurationError) {
    guard section.stop < section.horizon else {
      let (stop, horizon) = (section.stop, section.horizon)
      throw reader.error(
        at: ["stop"],
        "must be below the horizon \(ConfigurationText.number(horizon)), "
          + "found \(ConfigurationText.number(stop))")
    }
  }
}
