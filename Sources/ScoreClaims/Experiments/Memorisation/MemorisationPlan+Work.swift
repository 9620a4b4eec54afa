import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

extension MemorisationPlan {
  func measured(_ data: Data, networks: Networks) -> Record {
    var record = Record()
    for source in Memorisation.Source.allCases {
      let drawn = samples(source, data, networks: networks)
      record.ratios[source] = Memorization.share(
        of: drawn, training: data.training, ratio: Memorisation.copyRatio)
      record.distances[source] = EnergyDistance.value(drawn, data.reference)
      record.gaps[source] =
        EnergyDistance.value(drawn, data.heldOut) - EnergyDistance.value(drawn, data.training)
      if source == .empirical { record.nearestDistance = nearestDistance(drawn, data.training) }
    }
    weigh(data, into: &record)
    fit(data, networks: networks, into: &record)
    record.twoPointGap = twoPointGap
    return record
  }

  /// Samples of a source: the same start for all that are sampled.
  private func samples(
    _ source: Memorisation.Source, _ data: Data, networks: Networks
  ) -> Points {
    var stream = stream(2, data.set)
    if source == .fresh {
      return distribution.sample(count: values.samples, using: &stream)
    }
    var start = stream.normals(count: values.samples, dimension: distribution.dimension)
    for place in start.values.indices { start.values[place] *= values.mostNoise }
    guard let score = makeScore(source, data, networks: networks) else {
      return ascended(start, data.training)
    }
    let process = values.process
    var pass = SamplingPass(
      sampler: ProbabilityFlowHeun(),
      times: UniformGrid().times(stepCount: values.samplerSteps, process: process),
      process: process, score: score, start: start, seed: seed)
    while pass.step() != nil {}
    return pass.points
  }

  /// Points that went up the density of all levels at once.
  private func ascended(_ start: Points, _ training: Points) -> Points {
    let growth = log(values.mostNoise / values.leastNoise)
    let last = Double(Memorisation.ascentLevels - 1)
    let density = UnconditionalEmpiricalScore(
      training,
      noises: (0..<Memorisation.ascentLevels).map {
        values.leastNoise * exp(growth * Double($0) / last)
      })
    return (0..<Memorisation.ascentSteps).reduce(start) { x, _ in density.ascended(x) }
  }

  /// At the least noise a sample of the points' own score is one of them with that noise.
  private func nearestDistance(_ samples: Points, _ training: Points) -> Double {
    let squares = (0..<samples.count).map { row in
      (0..<training.count).map { j in
        (0..<samples.dimension).reduce(0.0) {
          $0 + pow(samples[row, $1] - training[j, $1], 2)
        }
      }.min() ?? .nan
    }
    let expected = values.leastNoise * Double(samples.dimension).squareRoot()
    return (squares.reduce(0, +) / Double(squares.count)).squareRoot() / expected
  }

  // MARK: - Weights

  /// Fresh noisy points of each level, the same for all scores.
  private func noisyPoints(_ data: Data) -> [(level: NoiseLevel, x: Points)] {
    var stream = stream(3, data.set)
    let clean = distribution.sample(count: values.samples, using: &stream)
    return values.noises.map { noise in
      let level = NoiseLevel(alpha: 1, sigma: noise)
      let normals = stream.normals(count: clean.count, dimension: clean.dimension)
      return (level, level.noisy(clean, noise: normals))
    }
  }

  private func weigh(_ data: Data, into record: inout Record) {
    let levels = noisyPoints(data)
    var (least, most) = (Double.infinity, 0.0)
    for source in Memorisation.weighted {
      let score = EmpiricalScore(
        data.training, smoothing: smoothing(values.smoothing(of: source)))
      record.effective[source] = levels.map { level, x in
        let counts = score.effectiveCounts(at: x, level: level)
        (least, most) = (min(least, counts.min() ?? 0), max(most, counts.max() ?? 0))
        return Estimate(counts).value
      }
    }
    record.effectiveRange = [least, most]
  }

  private func fit(_ data: Data, networks: Networks, into record: inout Record) {
    let points = EmpiricalScore(data.training)
    let levels = noisyPoints(data)
    for source in Memorisation.fitted {
      guard let score = makeScore(source, data, networks: networks) else { continue }
      let fits = levels.map { level, x in
        let wanted = score.score(at: x, level: level)
        let gaps = Memorisation.temperatures.map {
          Self.gap(points.score(at: x, level: level, temperature: $0), wanted)
        }
        let best = gaps.indices.min { gaps[$0] < gaps[$1] } ?? 0
        let temperature = Memorisation.temperatures[best]
        let counts = points.effectiveCounts(at: x, level: level, temperature: temperature)
        return (temperature, Estimate(counts).value)
      }
      record.temperatures[source] = fits.map(\.0)
      record.fittedEffective[source] = fits.map(\.1)
    }
  }

  private static func gap(_ first: Points, _ second: Points) -> Double {
    zip(first.values, second.values).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// The largest gap of two points +-1 to `(tanh(x / (T sigma^2)) - x) / sigma^2`, times sigma^2.
  private var twoPointGap: Double {
    let found = EmpiricalScore(
      Points(rows: [[-1], [1]]), smoothing: smoothing(.init(collapseNoise: values.collapse)))
    let x = stride(from: -2.0, through: 2, by: 0.1).map { $0 }
    return values.noises.flatMap { noise -> [Double] in
      let T = max(values.collapse / noise, 1)
      let score = found.score(
        at: Points(values: x, dimension: 1), level: NoiseLevel(alpha: 1, sigma: noise))
      return zip(x, score.values).map { x, score in
        abs(score * noise * noise - (tanh(x / (T * noise * noise)) - x))
      }
    }.max() ?? .nan
  }
}
