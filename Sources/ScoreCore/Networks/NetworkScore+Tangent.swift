/// The gradients of a loss of single points at one noise level, in what they share and how they differ.
///
/// With the gradient `g` of one draw of `||F - y||^2`, `signal = ||E g||^2` and
/// `noise = E||g - E g||^2`; both are estimated without bias, so the signal may come out below 0.
///
/// Source: McCandlish, Kaplan, Amodei et al. 2018 (arXiv:1812.06162), section 2.2, for the noise of
/// single points next to the squared mean, given here from memory of the paper.
public struct GradientNoise: Sendable, Equatable {
  /// The squared length of the mean gradient.
  public let signal: Double
  /// The mean squared distance of a draw's gradient from the mean one.
  public let noise: Double

  public init(signal: Double, noise: Double) {
    self.signal = signal
    self.noise = noise
  }
}

extension NetworkScore {
  /// The empirical tangent kernel between all outputs at all points: the products of their gradients
  /// by the trained parameters.
  ///
  /// Source: Jacot, Gabriel and Hongler 2018 (arXiv:1806.07572), section 3.
  ///
  /// - Parameters:
  ///   - x: The points.
  ///   - level: Their noise level.
  /// - Returns: `[x.count d, x.count d]` row-major, the outputs of a point next to each other.
  public func tangentGram(at x: Points, level: NoiseLevel) -> [Double] {
    let d = dimension
    let gradients = (0..<x.count * d).map { index in
      predictionGradient(
        at: x.row(index / d), level: level,
        weights: (0..<d).map { $0 == index % d ? 1 : 0 })
    }
    let offset = architecture.trainedOffset
    var gram = [Double](repeating: 0, count: gradients.count * gradients.count)
    for i in gradients.indices {
      for j in 0...i {
        let product = Self.product(gradients[i], gradients[j], from: offset)
        gram[i * gradients.count + j] = product
        gram[j * gradients.count + i] = product
      }
    }
    return gram
  }

  /// The signal and the noise of the gradients of `||F - y||^2` by the trained parameters.
  ///
  /// The loss is without a weighting: at one level that is a factor on all gradients.
  ///
  /// - Parameters:
  ///   - x: Noisy points, at least two independent ones.
  ///   - y: The target drawn with each, of the same shape.
  ///   - level: Their noise level.
  /// - Returns: Signal and noise, in squared units of the gradient.
  public func gradientNoise(at x: Points, targets y: Points, level: NoiseLevel) -> GradientNoise {
    precondition(x.count >= 2 && y.values.count == x.values.count, "Two draws show a spread.")
    precondition(!target.predictionRadius.isFinite, "The loss is of the output as it is.")
    let output = prediction(at: x, level: level)
    let offset = architecture.trainedOffset
    var sum = [Double](repeating: 0, count: architecture.parameterCount)
    var squares = 0.0
    for row in 0..<x.count {
      let weights = (0..<dimension).map { 2 * (output[row, $0] - y[row, $0]) }
      let gradient = predictionGradient(at: x.row(row), level: level, weights: weights)
      squares += Self.product(gradient, gradient, from: offset)
      for i in offset..<gradient.count { sum[i] += Double(gradient[i]) }
    }
    let n = Double(x.count)
    let meanSquare = sum.reduce(0) { $0 + $1 * $1 } / (n * n)
    let noise = (squares / n - meanSquare) * n / (n - 1)
    return GradientNoise(signal: meanSquare - noise / n, noise: noise)
  }

  private static func product(_ a: [Float], _ b: [Float], from offset: Int) -> Double {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        // Sums of 16 keep the loop in vectors; float64 over them keeps the digits.
        var total = 0.0
        var i = offset
        while i + 16 <= a.count {
          var part = SIMD16<Float>()
          for k in 0..<16 { part[k] = a[i + k] * b[i + k] }
          total += Double(part.sum())
          i += 16
        }
        while i < a.count {
          total += Double(a[i]) * Double(b[i])
          i += 1
        }
        return total
      }
    }
  }
}
