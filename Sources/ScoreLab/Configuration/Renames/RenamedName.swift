/// A name that was another one in an earlier version.
public struct RenamedName: Sendable, Equatable {
  /// What has the name.
  public enum Place: Sendable, Equatable {
    /// A key of a section, such as `objective`; `run` is the top of a run's configuration and
    /// `experiment` that of an experiment's.
    case key(section: String)
    /// A value of a key, such as `sampler.kind`.
    case value(key: String)
    /// An option of the command line.
    case option
  }

  public var place: Place
  public var old: String
  public var new: String

  static func key(_ old: String, of section: String, isNow new: String) -> RenamedName {
    RenamedName(place: .key(section: section), old: old, new: new)
  }

  static func value(_ old: String, of key: String, isNow new: String) -> RenamedName {
    RenamedName(place: .value(key: key), old: old, new: new)
  }

  static func option(_ old: String, isNow new: String) -> RenamedName {
    RenamedName(place: .option, old: old, new: new)
  }
}

/// Every name of an earlier version.
///
/// The one place for them: the reader refuses an old name with the new one, and so does the command
/// line; `scorefield migrate` rewrites it; tests walk the list.
public enum RenamedNames {
  public static let all: [RenamedName] = [
    .key("clip", of: "objective", isNow: "huber_length"),
    // Of the experiment outlier_training.
    .key("clip", of: "experiment", isNow: "huber_length"),
    // Of affine and contaminated.
    .key("law", of: "distribution", isNow: "base"),
    .option("--law", isNow: "--distribution"),
  ]

  /// The name that an option has now, or nil if it was not renamed.
  public static func option(_ old: String) -> String? { all.name(of: old, at: .option) }
}

extension [RenamedName] {
  /// The name that something has now, or nil if it was not renamed.
  func name(of old: String, at place: RenamedName.Place) -> String? {
    first { $0.place == place && $0.old == old }?.new
  }
}
