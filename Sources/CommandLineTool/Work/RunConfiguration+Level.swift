package import ScoreCore
package import ScoreLab

extension RunConfiguration {
  /// The noise level that `--time` asks for; at 0 it is the distribution itself, though some
  /// processes have noise from the start.
  package func level(atTime time: Double) throws -> NoiseLevel {
    let process = process.make()
    guard time >= 0 && time <= process.horizon else {
      throw Failure.Usage("--time must be from 0 to the horizon \(process.horizon).")
    }
    return time == 0 ? .clean : process.level(at: time)
  }
}
