import ScoreCore
import ScoreLab
import ScoreTheory

extension CorruptedScorePlan {
  func regions(_ k: Int) -> [OutlierRegion] {
    let level = paths.process.level(at: paths.times[k])
    return values.deltas.map {
      projection.region(mass: $0 / Double(paths.stepCount), level: level)
    }
  }

  /// For each delta the corrupted region of each noise level that is known.
  func regions(_ records: Records) -> [[NoiseLevel: OutlierRegion]] {
    var found = values.deltas.map { _ in [NoiseLevel: OutlierRegion]() }
    for (unit, record) in records.finished {
      guard case .region(let k) = unit, case .region(let regions) = record else { continue }
      for (index, region) in regions.enumerated() {
        found[index][paths.process.level(at: paths.times[k])] = region
      }
    }
    return found
  }

  private func score(_ regions: [NoiseLevel: OutlierRegion]) -> CorruptedScore {
    CorruptedScore(ExactScore(paths.distribution), kick: values.kick, regions: regions)
  }

  private func sampled(_ score: any ScoreFunction, _ block: Int) -> Points {
    var run = paths.sampling(block, count: blocks[block].count, score: score)
    while run.step() != nil {}
    return run.points
  }

  func sample(_ block: Int, _ regions: [[NoiseLevel: OutlierRegion]]) -> Samples {
    let count = blocks[block].count
    let exact = sampled(ExactScore(paths.distribution), block)
    var found = Samples(exact: KeptPoints(exact))
    found.baselines = baselines.map { KeptPoints(sampled($0.score, block)) }
    for (index, regions) in regions.enumerated() {
      var run = paths.sampling(block, count: count, score: followed ?? score(regions))
      var track = [OutlierRegion.projections(of: run.points, on: projection.direction)]
      let isTracked = index == values.deltas.count - 1
      while run.step() != nil {
        guard isTracked else { continue }
        track.append(OutlierRegion.projections(of: run.points, on: projection.direction))
      }
      var hitCount = 0
      for row in 0..<count {
        // Both runs have the same noise, so points differ when a step was corrupted.
        let isHit = run.points.row(row) != exact.row(row)
        if isHit { hitCount += 1 }
        if isTracked { found.traces.keep(track.map { $0[row] }, isHit: isHit) }
      }
      found.hitCounts.append(hitCount)
      found.corrupted.append(KeptPoints(run.points))
    }
    return found
  }

  func followExactPaths(_ block: Int, _ regions: [[NoiseLevel: OutlierRegion]]) -> Reverse {
    var result = Reverse()
    for regions in regions {
      let found = integrals(pathDistribution, score(regions), block)
      result.accumulated.append(Packed(found.scoreError))
      result.regionShares.append(
        Packed(
          found.scoreError.indices.map { row in
            Double(found.errors.count { $0[row] > 0 }) / Double(paths.stepCount)
          }))
    }
    for baseline in baselines {
      let found = integrals(paths.distribution, baseline.score, block)
      result.baselineAccumulated.append(Packed(found.scoreError))
      result.baselineSquares.append(
        Packed(
          found.scoreError.indices.map { row in
            found.errors.reduce(0) { $0 + Double($1[row]) * Double($1[row]) }
              / Double(paths.stepCount)
          }))
    }
    return result
  }

  private func integrals(
    _ distribution: any KnownScoreDistribution, _ score: any ScoreFunction, _ block: Int
  ) -> PathIntegral.Block {
    let integral = PathIntegral(
      distribution: distribution, process: paths.process, estimate: score, times: paths.times,
      resolvesSteps: false)
    var stream = paths.stream(1, block)
    return integral.block(count: blocks[block].count, using: &stream)
  }

  func bounds(_ found: CorruptedScoreFindings) -> Bounds {
    var stream = paths.stream(2)
    let curve = FisherCurve(
      distribution: paths.distribution, process: paths.process, draws: 2048, using: &stream)
    let exact = OutlierRegion.projections(of: found.exactOutput, on: projection.direction)
    return Bounds(
      certificates: found.cases.map { PathCertificate(accumulated: $0.accumulated) },
      costs: found.cases.map { place in
        CorruptionCost(
          exact: exact,
          corrupted: OutlierRegion.projections(of: place.output, on: projection.direction),
          hitCount: place.hitCount)
      }, freezing: curve.frozenScoreCost(times: paths.times),
      start: paths.startGap(using: &stream).variation, pair: found.pair.bounds)
  }

  func measure(_ sample: Sample, _ records: Records) -> MetricResult? {
    let points = records.finished.compactMap { _, record -> KeptPoints? in
      guard case .sampling(let found) = record else { return nil }
      return switch sample {
      case .exact: found.exact
      case .corrupted(let index): found.corrupted[index]
      case .baseline(let index): found.baselines[index]
      }
    }.joined(dimension: paths.distribution.dimension)
    return try? HistogramTotalVariation(bins: 64).measure(
      points, against: paths.target, settings: MetricSettings(seed: paths.seed, draws: 19))
  }
}
