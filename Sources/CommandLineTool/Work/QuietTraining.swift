import CTerminalGuard
package import ScoreCore
package import ScoreLab

/// Training for a command whose output is something else: a progress line on standard error alone.
package enum QuietTraining {
  /// The steps that are taken unless told.
  package static let standardSteps = 20_000

  /// Warns, trains and returns the score of the averaged weights, or of those of the last step.
  ///
  /// - Throws: A failure if the run diverges, status 130 if it is interrupted.
  package static func score(
    of session: inout Session, steps: Int, isCurrent: Bool
  ) throws -> NetworkScore {
    printWarnings(session.warnings)
    var line = ProgressLine(on: .errors)
    let start = ContinuousClock.now
    while session.step < steps && session.trainStep() != nil {
      let rate = Double(session.step) / max(1e-9, (ContinuousClock.now - start) / .seconds(1))
      line.show(session, of: steps, stepsPerSecond: rate)
      try line.stopIfInterrupted(at: "training step \(session.step)")
    }
    line.clear()
    if let divergence = session.divergence { throw Failure.Failed(message: divergence.message) }
    var score = session.score
    if isCurrent { score.parameters = session.parameters }
    return score
  }
}

extension ProgressLine {
  /// Leaves with status 130 once Ctrl-C was pressed.
  package func stopIfInterrupted(at place: String) throws {
    guard sf_interrupted() != 0 else { return }
    finish("interrupted at \(place); nothing was written")
    throw Failure.Interrupted()
  }
}
