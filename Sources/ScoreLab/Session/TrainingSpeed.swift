public import ScoreCore

/// How fast this machine trains a network in two dimensions.
public struct TrainingSpeed: Sendable {
  public let microsecondsPerStep: Double
  /// Multiplications plus additions of the matrix products per second, in billions; forward and
  /// backward count three times the forward pass.
  public let gigaflops: Double

  /// Times rounds of steps on the start law and keeps the best round.
  public static func measure(
    hidden: [Int], batch: Int, threads: Int = Parallel.defaultThreads, rounds: Int = 5
  ) -> TrainingSpeed {
    var configuration = RunConfiguration()
    configuration.network.hidden = hidden
    configuration.optimizer.batch = batch
    let law = GaussianMixture([.init(weight: 1, mean: [0, 0], spread: .isotropic(1))])
    var session = Session(configuration: configuration, law: law, threads: threads)
    let steps = 100
    func round() -> Double {
      let start = ContinuousClock.now
      for _ in 0..<steps { _ = session.trainStep() }
      return (ContinuousClock.now - start) / .seconds(1) / Double(steps)
    }
    _ = round()
    let seconds = (0..<rounds).map { _ in round() }.min() ?? .infinity
    let flops = 3 * Double(session.shape.flopsPerPoint * batch)
    return TrainingSpeed(
      microsecondsPerStep: seconds * 1e6, gigaflops: flops / seconds / 1e9)
  }
}
