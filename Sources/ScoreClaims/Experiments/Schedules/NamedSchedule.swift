import ScoreCore
import ScoreLab

/// The times of a sampler's steps and what they are called.
struct NamedSchedule: Sendable, Equatable {
  static let optimised = "optimised"

  let name: String
  /// Decreasing, `[steps + 1]`.
  let times: [Double]

  /// Those of every time grid that is a rule.
  static func all(stepCount: Int, process: OrnsteinUhlenbeck) -> [NamedSchedule] {
    TimeGridCatalog.all.filter { $0.name != "given" }.compactMap { entry in
      guard let grid = try? entry.make() else { return nil }
      return NamedSchedule(
        name: entry.name, times: grid.times(stepCount: stepCount, process: process))
    }
  }

  /// The times among which the best schedule is searched: those of all the schedules, so that it is
  /// at least as good as each, and 600 more.
  static func candidates(_ schedules: [NamedSchedule], process: OrnsteinUhlenbeck) -> [Double] {
    let fill =
      LogSNRGrid().times(stepCount: 400, process: process)
      + UniformGrid().times(stepCount: 200, process: process)
    return Set(schedules.flatMap(\.times) + fill).sorted(by: >)
  }
}
