/// The mean over a stratum that is cut into cells, from two independent batches in each cell that
/// was visited, with two control variates of known mean zero.
///
/// The coefficients of the controls are those of least squares over all draws. The variance of the
/// mean is that of sampling in two stages: once every cell was visited, only the difference of the
/// two batches of each cell counts, so that what varies from cell to cell is no error.
///
/// Source: Owen 2013, *Monte Carlo theory, methods and examples*, section 8.9, for the controls;
/// Cochran 1977, *Sampling Techniques*, eq. 10.14, for the variance.
struct ControlledMean: Sendable {
  /// The draws of one batch.
  struct Batch: Sendable {
    fileprivate var count = 0.0
    fileprivate var sum = SIMD3<Double>()
    fileprivate var squares = SIMD3<Double>()
    fileprivate var products = SIMD3<Double>()

    /// Adds one draw and its controls.
    mutating func add(_ y: Double, controls: (Double, Double)) {
      let draw = SIMD3(y, controls.0, controls.1)
      count += 1
      sum += draw
      squares += draw * draw
      products += draw * SIMD3(controls.0, controls.1, y)
    }

    fileprivate mutating func merge(_ other: Batch) {
      count += other.count
      sum += other.sum
      squares += other.squares
      products += other.products
    }
  }

  /// The number of cells of the stratum.
  let cells: Int
  private var all = Batch()
  private var means: [(first: SIMD3<Double>, second: SIMD3<Double>)] = []

  init(cells: Int) {
    self.cells = cells
  }

  /// Adds the two batches of a cell that was not visited before.
  mutating func add(_ first: Batch, _ second: Batch) {
    precondition(means.count < cells, "Every cell is visited once.")
    all.merge(first)
    all.merge(second)
    means.append((first.sum / first.count, second.sum / second.count))
  }

  /// The mean, and the variance of that mean; infinite before there are two cells.
  var estimate: (mean: Double, variance: Double) {
    let factors = SIMD3(1, -coefficients.u, -coefficients.v)
    let pairs = means.map { (($0.first * factors).sum(), ($0.second * factors).sum()) }
    let m = Double(pairs.count)
    let mean = pairs.reduce(0) { $0 + ($1.0 + $1.1) / 2 } / m
    guard m >= 2 else { return (mean, .infinity) }
    var (within, between) = (0.0, 0.0)
    for (a, b) in pairs {
      within += (a - b) * (a - b) / 4
      between += ((a + b) / 2 - mean) * ((a + b) / 2 - mean)
    }
    let share = m / Double(cells)
    return (mean, (1 - share) * between / (m - 1) / m + share * within / (m * m))
  }

  /// What the controls are taken away with.
  private var coefficients: (u: Double, v: Double) {
    let mean = all.sum / all.count
    let (variances, covariances) = (
      all.squares / all.count - mean * mean,
      all.products / all.count - mean * SIMD3(mean[1], mean[2], mean[0])
    )
    let (uu, vv) = (variances[1], variances[2])
    let (yu, uv, vy) = (covariances[0], covariances[1], covariances[2])
    let determinant = uu * vv - uv * uv
    // Controls that hardly vary, or that say the same, cannot be told apart; use the plain mean.
    guard determinant > 1e-12 * uu * vv, uu > 0, vv > 0 else { return (0, 0) }
    return ((yu * vv - vy * uv) / determinant, (vy * uu - yu * uv) / determinant)
  }
}
