import ScoreCore
import ScoreLab
import ScoreTheory

extension ThreeErrorsPlan {
  func work(
    on unit: Unit, given records: Records, threads: Int
  ) throws -> any UnitWork<Record> {
    switch unit {
    case .approximation: SingleStep { approximation() }
    case .population(let width, let level): SingleStep { population(width: width, level: level) }
    case .normal(let n): SingleStep { .normal(normalErrors(n)) }
    case .estimation(let n, let batch): SingleStep { estimation(n, batch: batch) }
    case .networkEstimation(let n, let set):
      SingleStep { networkEstimation(n, set: set, given: records) }
    case .descent(let batch): SingleStep { descent(batch) }
    case .split(let kind, let level, let set):
      split(kind, level: level, set: set, given: records, threads: threads)
    }
  }

  /// A stream of the experiment's own.
  func stream(_ part: UInt64, _ a: Int, _ b: Int = 0, _ c: Int = 0) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment,
      index: part << 56 | UInt64(a) << 40 | UInt64(b) << 20 | UInt64(c))
  }

  /// n points and their noise.
  func pairs(
    _ n: Int, using stream: inout RandomStream
  ) -> (clean: Points, noise: Points) {
    let clean = distribution.sample(count: n, using: &stream)
    var noise = stream.normals(count: n, dimension: 1)
    for i in noise.values.indices { noise.values[i] *= noiseFactor }
    return (clean, noise)
  }

  func rows(_ pairs: (clean: Points, noise: Points), level: Int) -> RegressionRows {
    let used = 0..<usedRows(pairs.clean.count)
    return RegressionRows(
      clean: pairs.clean.rows(used), noise: pairs.noise.rows(used), level: rules[level].level,
      target: NoiseTarget())
  }

  // MARK: - Minimisers

  /// What a class of scores that are linear in their weights multiplies them with.
  func featureMap(_ kind: ScoreClass, count: Int? = nil, draw: Int = 0) -> NetworkFeatures {
    let network = kind.architecture(values, width: count.map { usedWidth($0) })
    return NetworkFeatures(
      NetworkScore(
        architecture: network, parameters: network.initialParameters(seed: seed, network: draw),
        process: process, threads: 1))
  }

  /// The regression of rows, or of the population without any.
  func regression(
    _ features: any ScoreFeatures, level: Int, rows: RegressionRows? = nil
  ) -> ScoreRegression {
    var regression = ScoreRegression(features)
    regression.add(rows ?? rules[level].rows(target: NoiseTarget()))
    return regression
  }

  func minimiser(
    _ features: any ScoreFeatures, level: Int, rows: RegressionRows? = nil
  ) -> any ScoreFunction {
    guard let found = regression(features, level: level, rows: rows).minimiser else {
      preconditionFailure("A regression with a penalty has a minimiser.")
    }
    return found
  }

  func gap(_ first: Points, _ second: any ScoreFunction, level: Int) -> ScoreGap {
    let rule = rules[level]
    return rule.gap(
      between: first, and: second.score(at: rule.points, level: rule.level),
      deltas: [values.delta, min(0.999, 3 * values.delta)])
  }

  private func approximation() -> Record {
    func error(_ features: any ScoreFeatures, _ level: Int) -> Double {
      gap(rules[level].scores, minimiser(features, level: level), level: level).squared
    }
    let levels = rules.indices
    let line = featureMap(.linear)
    return .approximation(
      linear: levels.map { error(line, $0) },
      features: values.featureCounts.map { count in
        (0..<values.featureDraws).map { draw in
          let map = featureMap(.features, count: count, draw: draw)
          return levels.map { error(map, $0) }
        }
      })
  }

  func risk(_ network: Perceptron, _ rows: RegressionRows) -> FixedRisk {
    FixedRisk(
      architecture: network, target: NoiseTarget(), process: process, rows: [rows], threads: 1)
  }

  func networkScore(_ network: Perceptron, _ parameters: [Float]) -> NetworkScore {
    NetworkScore(
      architecture: network, parameters: parameters, process: process, threads: 1)
  }

  func starts(_ network: Perceptron) -> [[Float]] {
    (0..<values.starts).map { network.initialParameters(seed: seed, network: $0) }
  }

  private func population(width: Int, level: Int) -> Record {
    let network = ScoreClass.network.architecture(values, width: usedWidth(width))
    let found = risk(network, rules[level].rows(target: NoiseTarget()))
      .minimum(from: starts(network), by: method)
    return .population(
      found,
      gap: gap(rules[level].scores, networkScore(network, found.parameters), level: level))
  }

  func populationMinimum(_ level: Int, _ records: Records) -> NetworkScore {
    guard
      case .population(let found, _) = records[.population(width: values.width, level: level)]
    else { preconditionFailure("A unit is given what it needs.") }
    return networkScore(
      ScoreClass.network.architecture(values, width: usedWidth(values.width)), found.parameters)
  }

  // MARK: - Sweeps over n

  private func normalErrors(_ n: Int) -> [[Double]] {
    let features = LinearFeatures(dimension: 1, hasIntercept: false)
    return rules.indices.map { index in
      let level = rules[index].level
      return (0..<values.normalSets).map { set in
        var stream = stream(1, n, index, set)
        // N(0, 1), which stays what it is, so that the exact prediction is sigma x.
        let draws = stream.normals(count: 2 * n, dimension: 1)
        var noise = draws.rows(n..<2 * n)
        for i in noise.values.indices { noise.values[i] *= noiseFactor }
        var regression = ScoreRegression(features, ridge: 0)
        regression.add(rows((draws.rows(0..<n), noise), level: index))
        let gap = (regression.minimiser?.weights[0] ?? .nan) - level.sigma
        return gap * gap
      }
    }
  }

  private func estimation(_ n: Int, batch: Int) -> Record {
    let size = values.dataSets / ThreeErrors.batchCount
    let (line, features) = (featureMap(.linear), featureMap(.features))
    func mean(_ map: any ScoreFeatures, _ kind: UInt64) -> [ScoreGap] {
      rules.indices.map { level in
        let rule = rules[level]
        let exact = minimiser(map, level: level).score(at: rule.points, level: rule.level)
        return .mean(
          (0..<size).map { set in
            var stream = stream(kind, n, level, batch * size + set)
            let rows = rows(pairs(n, using: &stream), level: level)
            return gap(exact, minimiser(map, level: level, rows: rows), level: level)
          })
      }
    }
    return .estimation(linear: mean(line, 2), features: mean(features, 3))
  }

  private func networkEstimation(_ n: Int, set: Int, given records: Records) -> Record {
    let (level, network) = (values.middle, ScoreClass.network.architecture(values))
    var stream = stream(4, n, level, set)
    let rows = rows(pairs(n, using: &stream), level: level)
    let found = risk(network, rows).minimum(from: starts(network), by: method)
    let exact = populationMinimum(level, records)
      .score(at: rules[level].points, level: rules[level].level)
    return .networkEstimation(
      gap(exact, networkScore(network, found.parameters), level: level))
  }
}

extension ScoreGap {
  /// The mean of several, number by number.
  fileprivate static func mean(_ gaps: [ScoreGap]) -> ScoreGap {
    let n = Double(gaps.count)
    return ScoreGap(
      squared: gaps.reduce(0.0) { $0 + $1.squared } / n,
      quantiles: (gaps.first?.quantiles.indices ?? 0..<0).map { place in
        gaps.reduce(0.0) { $0 + $1.quantiles[place] } / n
      })
  }
}
