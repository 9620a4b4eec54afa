import Glibc
import ScoreCore
import Testing

@testable import ScoreLab
@testable import Workbench

/// What the Loss pane shows by noise level, of numbers that are given.
enum NetworkFixture {
  /// Tangent kernel, features, gradients, and floor with excess over four probes.
  static func add(to state: inout WorkbenchState) throws {
    let levels = try #require(state.run.snapshot?.probe?.levels).map { ($0.level, $0.time) }
    func number(_ value: Double, _ sides: Double = 0.1) -> DrawnNumber {
      DrawnNumber(value: value, interval: value * (1 - sides)...value * (1 + sides))
    }
    func place(_ index: Int) -> Double { Double(index + 1) / Double(levels.count + 1) }
    func known<Level>(_ make: (Int, NoiseLevel, Double) -> Level) -> NetworkLevels<Level> {
      .known(step: 40, levels: levels.enumerated().map { make($0, $1.0, $1.1) })
    }
    let ranks = known { index, level, time in
      TangentRank(
        level: level, time: time, pointCount: 16, trained: number(14 - 10 * place(index)),
        untrained: number(4 - place(index)))
    }
    let features = known { index, level, time in
      func side(_ share: Double) -> FeatureLevel.Side {
        FeatureLevel.Side(
          firstAxis: number(share), firstTwoAxes: number(1.5 * share),
          separability: number(1 - share))
      }
      return FeatureLevel(
        level: level, time: time, width: 64, partCount: 2, trained: side(0.4 * place(index)),
        untrained: side(0.5 * place(index)), pointSeparability: 0.9 - 0.4 * place(index),
        permuted: 0.56)
    }
    let gradients = known { index, level, time in
      GradientLevel(
        level: level, time: time, drawn: .init(signalToNoise: number(0.02 * place(index))),
        withoutFloor: .init(signalToNoise: number(0.2 * place(index))),
        floorShare: number(0.95 - 0.6 * place(index)))
    }
    var losses = LevelLosses(
      levels: levels.enumerated().map { index, pair in
        LevelLosses.Level(
          level: pair.0, time: pair.1,
          floor: Estimate(value: 2 - 1.8 * place(index), standardError: 0.01), secondMoment: 2,
          dimension: 2)
      })
    for (step, scale) in [(10, 1.0), (20, 0.5), (30, 0.2), (40, 0.1)] {
      losses.add(
        .init(step: step, excess: levels.indices.map { scale * (1.1 - place($0)) }))
    }
    state.run.snapshot?.measurements[TangentRankMeasurement.self].value = ranks
    state.run.snapshot?.measurements[FeatureLevelMeasurement.self].value = features
    state.run.snapshot?.measurements[GradientLevelMeasurement.self].value = gradients
    state.run.snapshot?.measurements[LevelLossesMeasurement.self].value = losses
  }
}
