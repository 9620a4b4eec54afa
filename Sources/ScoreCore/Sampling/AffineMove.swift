/// One move `x' = points x + score s(x) + noise xi`, the form of every method with one score.
struct AffineMove {
  /// The factor on the points.
  var points: Double
  /// The factor on the score, in squared data units.
  var score: Double
  /// The factor on the noise, in data units; no noise is drawn if it is 0.
  var noise = 0.0

  /// Moves points that are at `level`.
  func apply(
    to x: inout Points, at level: NoiseLevel, score function: any ScoreFunction,
    noise source: inout some NoiseSource
  ) {
    let s = function.score(at: x, level: level)
    guard noise != 0 else { return x.blend(points, adding: (score, s)) }
    let xi = source.normals(count: x.count, dimension: x.dimension)
    x.blend(points, adding: (score, s), (noise, xi))
  }
}

extension Points {
  /// Replaces each coordinate `x` by `scale x + a u`.
  package mutating func blend(_ scale: Double, adding term: (factor: Double, points: Points)) {
    precondition(term.points.values.count == values.count, "Terms are of one shape.")
    let a = term.factor
    term.points.values.withUnsafeBufferPointer { u in
      values.withUnsafeMutableBufferPointer { x in
        for i in x.indices { x[i] = scale * x[i] + a * u[i] }
      }
    }
  }

  /// Replaces each coordinate `x` by `scale x + a u + b v`.
  package mutating func blend(
    _ scale: Double, adding first: (factor: Double, points: Points),
    _ second: (factor: Double, points: Points)
  ) {
    precondition(
      first.points.values.count == values.count && second.points.values.count == values.count,
      "Terms are of one shape.")
    let (a, b) = (first.factor, second.factor)
    first.points.values.withUnsafeBufferPointer { u in
      second.points.values.withUnsafeBufferPointer { v in
        values.withUnsafeMutableBufferPointer { x in
          for i in x.indices { x[i] = scale * x[i] + a * u[i] + b * v[i] }
        }
      }
    }
  }
}
