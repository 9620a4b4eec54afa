import Glibc
import ScoreCore

/// A mean loss over rows with its exact gradient.
protocol DescentLoss: Sendable {
  var parameters: [Double] { get set }
  /// The mean over rows; the gradient is added to what is there.
  func loss(on rows: Points, gradient: inout [Double]) -> Double
}

extension DescentLoss {
  /// The largest difference of the gradient on rows from central differences, relative to its largest
  /// entry; the factor is on the gradient and 1 but in tests.
  func gradientGap(on rows: Points, factor: Double = 1) -> Double {
    var gradient = Array(repeating: 0.0, count: parameters.count)
    _ = loss(on: rows, gradient: &gradient)
    let size = gradient.map { abs($0) }.max() ?? 0
    var (moved, ignored) = (self, gradient)
    let gaps = parameters.indices.map { place -> Double in
      let step = 1e-5
      moved.parameters[place] = parameters[place] + step
      let above = moved.loss(on: rows, gradient: &ignored)
      moved.parameters[place] = parameters[place] - step
      let below = moved.loss(on: rows, gradient: &ignored)
      moved.parameters[place] = parameters[place]
      return abs(factor * gradient[place] - (above - below) / (2 * step)) / size
    }
    return gaps.largest
  }
}

/// Adam on a loss, with a step size that falls to 0 like a cosine.
///
/// Source: Kingma and Ba 2015 (arXiv:1412.6980), algorithm 1.
struct AdamDescent<Loss: DescentLoss>: Sendable {
  private(set) var loss: Loss
  let rate: Double
  let steps: Int
  private(set) var step = 0
  private var first: [Double]
  private var second: [Double]

  init(_ loss: Loss, rate: Double, steps: Int) {
    (self.loss, self.rate, self.steps) = (loss, rate, steps)
    first = Array(repeating: 0, count: loss.parameters.count)
    second = first
  }

  mutating func advance(on rows: Points) {
    var gradient = Array(repeating: 0.0, count: first.count)
    _ = loss.loss(on: rows, gradient: &gradient)
    let size = rate * (1 + cos(Double.pi * Double(step) / Double(steps))) / 2
    step += 1
    let corrections = (1 - pow(0.9, Double(step)), 1 - pow(0.999, Double(step)))
    for place in gradient.indices {
      let slope = gradient[place]
      first[place] = 0.9 * first[place] + 0.1 * slope
      second[place] = 0.999 * second[place] + 0.001 * slope * slope
      loss.parameters[place] -=
        size * (first[place] / corrections.0)
        / ((second[place] / corrections.1).squareRoot() + 1e-8)
    }
  }
}
