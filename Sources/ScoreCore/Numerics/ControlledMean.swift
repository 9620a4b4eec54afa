/// A running mean with two control variates of known mean zero, by least squares.
///
/// Source: Owen 2013, *Monte Carlo theory, methods and examples*, section 8.9.
struct ControlledMean: Sendable {
  private var count = 0.0
  private var sum = (y: 0.0, u: 0.0, v: 0.0)
  private var products = (yy: 0.0, yu: 0.0, yv: 0.0, uu: 0.0, uv: 0.0, vv: 0.0)

  /// Adds one draw and its controls.
  mutating func add(_ y: Double, controls: (Double, Double)) {
    let (u, v) = controls
    count += 1
    sum.y += y
    sum.u += u
    sum.v += v
    products.yy += y * y
    products.yu += y * u
    products.yv += y * v
    products.uu += u * u
    products.uv += u * v
    products.vv += v * v
  }

  /// The mean, and the variance of that mean; infinite before there are four draws.
  var estimate: (mean: Double, variance: Double) {
    let (y, u, v) = (sum.y / count, sum.u / count, sum.v / count)
    guard count >= 4 else { return (y, .infinity) }
    let uu = products.uu / count - u * u
    let vv = products.vv / count - v * v
    let uv = products.uv / count - u * v
    let yu = products.yu / count - y * u
    let yv = products.yv / count - y * v
    let yy = products.yy / count - y * y
    let determinant = uu * vv - uv * uv
    // Controls that hardly vary, or that say the same, cannot be told apart; use the plain mean.
    guard determinant > 1e-12 * uu * vv, uu > 0, vv > 0 else { return (y, max(0, yy) / count) }
    let a = (yu * vv - yv * uv) / determinant
    let b = (yv * uu - yu * uv) / determinant
    let residual = max(0, yy - a * yu - b * yv)
    return (y - a * u - b * v, residual / (count - 3))
  }
}
