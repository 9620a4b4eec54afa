import ScoreCore
import ScoreLab
import ScoreTheory

/// Where Raskutti's rule stops descent on the features of a network's last layer.
///
/// The kernel is that of the output layer, which starts at 0: `phi(u) . phi(v)` of the features at noisy
/// rows, each with a time and noise as in training. Its eigenvalues are those of some rows, and rows beyond
/// add none. The deviation of the targets is that of the best prediction coordinate by coordinate of normal
/// rows, which is known from the variances alone and at least as large as the noise.
///
/// Source: Raskutti, Wainwright and Yu 2014, JMLR 15 (from memory); see `RaskuttiStopping`.
struct KernelStop {
  /// A step size of half the stable one.
  let rate: Double
  let step: Int
  let deviation: Double
  let largestEigenvalue: Double

  init(
    _ network: NetworkScore, rows: Points, process: any ForwardProcess, momentum: Double,
    count: Int, seed: UInt64
  ) {
    var stream = RandomStream(seed: seed, purpose: .experiment, index: 1 << 32)
    let features = NetworkFeatures(network)
    let count = min(count, rows.count)
    let levels = min(20, count)
    let variances = PredictionLoss.variances(rows)
    var (values, risk): ([[Double]], Double) = ([], 0)
    for place in 0..<levels {
      let share = (Double(place) + stream.uniform()) / Double(levels)
      let level = process.level(at: process.stop + share * (process.horizon - process.stop))
      let part = rows.rows(place * count / levels..<(place + 1) * count / levels)
      let noise = stream.normals(count: part.count, dimension: part.dimension)
      let found = features.values(at: level.noisy(part, noise: noise), level: level)
      values += (0..<part.count).map {
        Array(found[$0 * features.count..<($0 + 1) * features.count])
      }
      let (signal, hidden) = (level.alpha * level.alpha, level.sigma * level.sigma)
      risk += variances.reduce(0) { $0 + $1 * hidden / (signal * $1 + hidden) }
    }
    var gram = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in 0...i {
        var sum = 0.0
        for k in 0..<features.count { sum += values[i][k] * values[j][k] }
        gram[i * count + j] = sum
        gram[j * count + i] = sum
      }
    }
    let eigenvalues = KernelDescent.eigenvalues(gram: gram, count: count)
    largestEigenvalue = eigenvalues[count - 1]
    deviation = (risk / Double(levels * rows.dimension)).squareRoot()
    // The program's loss has no half, so its step size counts twice in theory's; and momentum adds up a
    // step 1 / (1 - momentum) times.
    rate = 1 / (2 * largestEigenvalue)
    let others = [Double](repeating: 0, count: rows.count - count)
    step = RaskuttiStopping.step(
      eigenvalues: eigenvalues + others, deviation: deviation, rate: 2 * rate / (1 - momentum))
  }
}
