import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

extension ConvexMinimiserPlan {
  func stream(_ part: UInt64, _ a: Int, _ b: Int = 0) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment, index: part << 56 | UInt64(a) << 28 | UInt64(b))
  }

  /// Noisy points with their targets `-z / sigma`.
  struct NoisyRows: Sendable {
    var points: [Double]
    var targets: [Double]
  }

  func rows(_ n: Int, part: UInt64, set: Int) -> NoisyRows {
    var stream = stream(part, n, set)
    let clean = values.distribution.sample(count: n, using: &stream)
    let noise = stream.normals(count: n, dimension: 1)
    let (alpha, sigma) = (values.level.alpha, values.level.sigma)
    let used = 0..<usedPoints(n)
    return NoisyRows(
      points: used.map { alpha * clean.values[$0] + sigma * noise.values[$0] },
      targets: used.map { -noise.values[$0] / sigma })
  }

  func program(_ loss: KinkLoss, _ rows: NoisyRows) -> KinkProgram {
    switch loss {
    case .denoising: KinkProgram(denoising: rows.points, targets: rows.targets)
    case .implicit: KinkProgram(implicit: rows.points)
    }
  }

  /// What a network sees of the rows.
  private func networkLoss(_ loss: KinkLoss, _ rows: NoisyRows) -> SkipNetwork.Loss {
    switch loss {
    case .denoising: .denoising(points: rows.points, targets: rows.targets)
    case .implicit: .implicit(points: rows.points)
    }
  }

  /// A penalty below the line's at which kinks are expected: a share of it, for implicit score matching
  /// no less than halfway down, in the logarithm, to where there is no minimum.
  func bentPenalty(_ program: KinkProgram) -> Double {
    max(
      values.share * program.linePenalty,
      (program.leastPenalty * program.linePenalty).squareRoot())
  }

  func minimum(_ program: KinkProgram, penalty: Double) -> KinkSolution {
    guard let found = program.minimiser(penalty: penalty, tolerance: tolerance) else {
      preconditionFailure("At this penalty there is a minimum.")
    }
    return found
  }

  func gap(_ score: any ScoreFunction, _ other: Points? = nil) -> ScoreGap {
    rule.gap(
      between: score.score(at: rule.points, level: rule.level), and: other ?? rule.scores,
      deltas: [values.delta])
  }

  // MARK: - The path

  func path(_ loss: KinkLoss) -> [PathPlace] {
    let program = program(loss, rows(values.points, part: 1, set: 0))
    let top = 1.2 * program.linePenalty
    // A hair above the least penalty, which is 0 for denoising.
    let bottom = max(1e-3 * program.linePenalty, (1 + 1e-6) * program.leastPenalty)
    let penalties = (0..<16).map { top * pow(bottom / top, Double($0) / 15) }
    return program.path(penalties: penalties, tolerance: tolerance).compactMap { found in
      found.map {
        PathPlace(
          share: $0.penalty / program.linePenalty, kinks: $0.score.kinks.count,
          objective: $0.objective, relativeGap: $0.relativeGap, error: gap($0.score).squared)
      }
    }
  }

  // MARK: - Descents

  func descents(_ loss: KinkLoss, set: Int) -> [DescentEnd] {
    let rows = rows(values.points, part: 1, set: set)
    let (program, data) = (program(loss, rows), networkLoss(loss, rows))
    let (bent, above) = (
      bentPenalty(program), 1.05 * lineFactor * max(program.linePenalty, program.leastPenalty)
    )
    let exact = minimum(program, penalty: bent)
    let line = program.objective(of: program.line, penalty: bent)
    return values.widths.map { width in
      let found = (0..<values.starts).map { start in
        descend(data, width: width, penalty: usedPenalty(bent), set: set, start: start)
      }
      let best = found.dropFirst().reduce(found[0]) { $1.value < $0.value ? $1 : $0 }
      let network = SkipNetwork(width: width, parameters: best.point)
      let near = nearness(network, to: exact.score.kinks, points: program.points)
      let straight = descend(data, width: width, penalty: above, set: set, start: 0)
      return DescentEnd(
        width: width, objective: best.value, exact: exact.objective, bound: exact.bound, line: line,
        nearKinks: near.kinks, nearPoints: near.points,
        fromLine: distance(
          SkipNetwork(width: width, parameters: straight.point), program.line,
          at: program.points))
    }
  }

  /// A random start over the points, and where L-BFGS goes from it.
  private func descend(
    _ data: SkipNetwork.Loss, width: Int, penalty: Double, set: Int, start: Int
  ) -> LimitedMemoryDescent.Minimum {
    var network = self.start(width: width, set: set, start: start)
    return method.minimum(from: network.parameters) { parameters, gradient in
      network.parameters = parameters
      return network.objective(of: data, penalty: penalty, gradient: &gradient)
    }
  }

  func start(width: Int, set: Int, start: Int) -> SkipNetwork {
    var stream = stream(2, width, set << 8 | start)
    return SkipNetwork(width: width, kinks: -2.5...2.5, size: 0.5, using: &stream)
  }

  /// The share of a network's changes of slope that lies between the neighbours of an exact kink, and
  /// the share of the gaps between points that do.
  private func nearness(
    _ network: SkipNetwork, to kinks: [Double], points: [Double]
  ) -> (kinks: Double, points: Double) {
    var isNear = [Bool](repeating: false, count: points.count + 1)
    for (place, point) in points.enumerated() where kinks.contains(point) {
      (isNear[place], isNear[place + 1]) = (true, true)
    }
    let h = network.width
    var (sum, near) = (0.0, 0.0)
    for j in 0..<h {
      let size = abs(network.parameters[j] * network.parameters[2 * h + j])
      guard size > 0 else { continue }
      let place = kinkShift - network.parameters[h + j] / network.parameters[j]
      // A kink beyond the points makes a line on them.
      guard place > points[0], place < points[points.count - 1] else { continue }
      sum += size
      if isNear[points.count { $0 < place }] { near += size }
    }
    let inner = isNear.dropFirst().dropLast()
    return (near / sum, Double(inner.count { $0 }) / Double(inner.count))
  }

  private func distance(
    _ network: SkipNetwork, _ line: PiecewiseLinearScore, at points: [Double]
  ) -> Double {
    var (square, size) = (0.0, 0.0)
    for x in points {
      let value = line.value(at: x)
      square += (network.value(at: x) - value) * (network.value(at: x) - value)
      size += value * value
    }
    return (square / size).squareRoot()
  }

  // MARK: - Langevin samples

  func laws(_ loss: KinkLoss, set: Int) -> LangevinLaws {
    let program = program(loss, rows(values.points, part: 1, set: set))
    let above = minimum(
      program, penalty: 1.05 * lineFactor * max(program.linePenalty, program.leastPenalty))
    let below = minimum(program, penalty: bentPenalty(program))
    // The line by moments, and where Langevin steps with it stay.
    let (line, slope) = (program.line, program.line.slopes[0])
    let (variance, mean) = (-1 / slope, line.nodes[0] - line.values[0] / slope)
    let wide = (variance / (1 - values.langevinStep / 4)).squareRoot()
    let step = values.langevinStep * variance
    var stream = stream(3, loss == .denoising ? 0 : 1, set)
    let straight = samples(
      above.score, factor: drift.above, step: step, mean: mean, deviation: wide, using: &stream)
    let bent = samples(
      below.score, factor: drift.below, step: step, mean: mean, deviation: wide, using: &stream)
    let draws = values.distribution.noisySample(
      count: values.chains, level: values.level, using: &stream)
    return LangevinLaws(
      aboveGaussian: Self.kolmogorov(straight) { StandardNormal.cdf(($0 - mean) / wide) },
      aboveLaw: Self.kolmogorov(straight, values.cdf),
      belowLaw: Self.kolmogorov(bent, values.cdf),
      null: Self.kolmogorov(draws.values, values.cdf),
      lineError: program.points.map { abs(above.score.value(at: $0) - line.value(at: $0)) }.max()
        ?? .nan)
  }

  /// `x' = x + (e / 2) s(x) + sqrt(e) z` from normal points.
  private func samples(
    _ score: PiecewiseLinearScore, factor: Double, step: Double, mean: Double, deviation: Double,
    using stream: inout RandomStream
  ) -> [Double] {
    var x = stream.normals(count: values.chains, dimension: 1).values.map { mean + deviation * $0 }
    for _ in 0..<values.langevinSteps {
      let noise = stream.normals(count: values.chains, dimension: 1).values
      for i in x.indices {
        x[i] += step / 2 * factor * score.value(at: x[i]) + step.squareRoot() * noise[i]
      }
    }
    return x
  }

  /// The largest distance between the share of samples below a place and that of a law.
  static func kolmogorov(_ samples: [Double], _ cdf: (Double) -> Double) -> Double {
    let (sorted, n) = (samples.sorted(), Double(samples.count))
    var largest = 0.0
    for (place, x) in sorted.enumerated() {
      let share = cdf(x)
      largest = max(largest, share - Double(place) / n, Double(place + 1) / n - share)
    }
    return largest
  }
}
