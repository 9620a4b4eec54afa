package import ScoreLab

/// A run in a list.
package struct RunSummary: Sendable, Equatable {
  package var id: RunID
  /// What it is called; no other run of the store has the name.
  package var name: String
  package var tags: [String]
  package var note: String
  /// The kind of its distribution.
  package var distribution: String
  package var seed: String
  /// The training steps behind its weights.
  package var steps: Int
  /// The smoothed loss at its end; nil where it is not known.
  package var loss: Double?
  /// The largest of the newest L2 errors over noise levels, times sigma.
  package var worstL2: Double?
  /// Seconds since 1970 in UTC.
  package var created: Double
  package var updated: Double
  /// The run that it goes on from.
  package var parent: RunID?
  /// The first of those.
  package var root: RunID
  /// What it was begun by.
  package var origin: RunOrigin
  package var digest: RunDigest?

  /// What lists are sorted by.
  package enum Order: String, CaseIterable, Sendable {
    /// The run that was trained last comes first.
    case updated
    /// The newest run comes first.
    case created
    case name
    /// The longest run comes first.
    case steps
    /// The smallest loss comes first, runs without one last.
    case loss
    /// The smallest error comes first, runs without one last.
    case error

    /// Whether a run comes before another.
    package func places(_ first: RunSummary, before second: RunSummary) -> Bool {
      switch self {
      case .updated: first.updated > second.updated
      case .created: first.created > second.created
      case .name: first.name < second.name
      case .steps: first.steps > second.steps
      case .loss: first.loss ?? .infinity < second.loss ?? .infinity
      case .error: first.worstL2 ?? .infinity < second.worstL2 ?? .infinity
      }
    }
  }
}

/// A checksum of a run's weights, and the place where they had it.
package struct RunDigest: Sendable, Equatable {
  package var text: String
  package var place: RunPlace
}
