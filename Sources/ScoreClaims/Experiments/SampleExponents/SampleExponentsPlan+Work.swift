import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

extension SampleExponentsPlan {
  private func stream(_ part: UInt64, _ n: Int, _ set: Int = 0) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment, index: part << 60 | UInt64(n) << 24 | UInt64(set))
  }

  /// The lines of one data set: its points with noise of their own at each level, as in Setting 1.1 of
  /// Gupta et al.
  func lines(_ n: Int, set: Int) -> [ScoreLine] {
    var stream = stream(1, n, set)
    let clean = fitted.sample(count: n, using: &stream)
    let used = 0..<usedRows(n)
    return levels.map { level in
      let noise = stream.normals(count: n, dimension: 1)
      return ScoreLine(clean: clean.rows(used), noise: noise.rows(used), level: level)
    }
  }

  func errors(of lines: [ScoreLine]) -> [LineError] {
    zip(levels, lines).map { level, line in
      line.error(under: values.data.noisy(at: level), factor: level.sigma)
    }
  }

  func fits(_ n: Int, sets: Range<Int>) -> FitErrors {
    let none = levels.map { _ in 0.0 }
    return sets.reduce(into: FitErrors(sums: none, squares: none)) { found, set in
      let lines = lines(n, set: set)
      let errors = errors(of: lines)
      found.l2.append(errors.map(\.l2).max() ?? .nan)
      found.dDelta.append(errors.map { $0.quantile(delta: values.delta) }.max() ?? .nan)
      let samples = Self.samples(gains: gains, lines: lines)
      found.variation.append(distance(samples, exactSamples))
      found.toTarget.append(distance(samples, target))
      for (place, error) in errors.enumerated() {
        let square = error.l2 * error.l2
        found.sums[place] += square
        found.squares[place] += square * square
      }
    }
  }

  func powers(_ records: Records) -> [NeededSamples] {
    let found = SampleExponentsFindings(self, records)
    return ErrorMeasure.allCases.enumerated().map { place, measure in
      var stream = stream(3, place)
      return NeededSamples(
        counts: values.counts, errors: values.counts.map { found.errors(measure, $0) },
        missShare: values.missShare, epsCount: values.epsCount, resamples: values.resamples,
        using: &stream)
    }
  }

  // MARK: - Formulas against points

  /// The data sets whose formulas are held against quadrature.
  private static let comparedSets = 20

  func drawn() -> DrawnErrors {
    let lines = lines(values.firstPoints, set: 0)
    let samples = Self.samples(gains: gains, lines: lines)
    let share = drawnShare(lines, samples)
    let gaps = (0..<min(Self.comparedSets, values.repeats)).map { set in
      let samples = Self.samples(gains: gains, lines: self.lines(values.firstPoints, set: set))
      return abs(
        distance(samples, exactSamples) / samples.totalVariationByQuadrature(to: exactSamples) - 1)
    }
    return DrawnErrors(
      shares: zip(levels, lines).enumerated().map { place, pair in
        shareAbove(pair.1, at: pair.0, place)
      }, drawnVariation: share.variation, variation: distance(samples, exactSamples),
      standardError: share.standardError,
      quadratureGap: gaps.contains(where: \.isNaN) ? .nan : gaps.max() ?? .nan)
  }

  /// The share of the points of a level at which a line errs by more than its D_delta.
  private func shareAbove(_ line: ScoreLine, at level: NoiseLevel, _ place: Int) -> Double {
    var stream = stream(2, place, 1)
    let points = probed.noisy(at: level).sample(count: values.draws, using: &stream)
    let law = values.data.noisy(at: level)
    let (exact, bound) = (
      ScoreLine(of: law), line.error(under: law, factor: 1).quantile(delta: values.delta)
    )
    let above = points.values.count { abs(line.value(at: $0) - exact.value(at: $0)) > bound }
    return Double(above) / Double(points.count)
  }

  /// Draws samples with lines, and compares their share between the crossings of the two densities with
  /// that of the exact score's samples.
  private func drawnShare(
    _ lines: [ScoreLine], _ samples: NormalLaw
  ) -> (variation: Double, standardError: Double) {
    guard let places = samples.crossings(with: exactSamples) else { return (.nan, .nan) }
    var stream = stream(2, 0, 2)
    var pass = SamplingPass(
      sampler: drawing, times: times, process: process,
      score: PiecewiseLine(levels: levels, lines: lines),
      start: stream.normals(count: values.draws, dimension: 1), seed: seed)
    while pass.step() != nil {}
    let inside = pass.points.values.count { places.contains($0) }
    let share = Double(inside) / Double(values.draws)
    return (
      abs(share - exactSamples.share(between: places)),
      (share * (1 - share) / Double(values.draws)).squareRoot()
    )
  }
}
