package import ScoreCore
import ScoreLab

/// Follows points through probability flows, with a progress line.
package enum LikelihoodFlow {
  /// Goes on to the end of all flows.
  ///
  /// - Throws: ``Failure/Interrupted``.
  package static func follow(_ runs: inout [LikelihoodStepper]) throws {
    let count = runs.reduce(0) { $0 + $1.times.count - 1 }
    var (line, done) = (ProgressLine(on: .errors), 0)
    let start = ContinuousClock.now
    for index in runs.indices {
      while runs[index].step() != nil {
        done += 1
        let rate = Double(done) / max(1e-9, (ContinuousClock.now - start) / .seconds(1))
        line.show(done: done, of: count, note: "flow", stepsPerSecond: rate)
        try line.stopIfInterrupted(at: "flow step \(done)")
      }
    }
    line.clear()
  }
}
