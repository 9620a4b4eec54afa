import Glibc
import Lessons
import ScoreCore
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// What lessons see of losses, parts and dimensions by noise level, and the views that they open.
@Suite struct LessonLevelTests {
  /// A state at whose second level everything is measured.
  private func evidence() throws -> (LessonEvidence, time: Double) {
    var state = try Fixture.state(marks: .ascii)
    let levels = try #require(state.run.snapshot?.probe?.levels)
    var losses = LevelLosses(
      levels: levels.map {
        LevelLosses.Level(
          level: $0.level, time: $0.time, floor: Estimate(value: 0.5, standardError: 0),
          secondMoment: 2, dimension: 2)
      })
    losses.add(.init(step: 40, excess: levels.indices.map { $0 == 1 ? 0.125 : 0.0625 }))
    state.run.snapshot?.measurements[LevelLossesMeasurement.self].value = losses
    state.run.snapshot?.measurements[ErrorPartsMeasurement.self].value = Fixture.errorParts
    let found = try dimensions(of: state, levels)
    state.run.snapshot?.measurements[IntrinsicDimensionMeasurement.self].value = found
    let evidence = LessonEvidence(
      scene: LessonScene(state.run.configuration), configuration: state.run.configuration,
      snapshot: state.run.snapshot)
    return (evidence, try time(of: levels[1].level, in: state.run.configuration))
  }

  /// The time at which the configuration's process has a level, to a thousandth of its decades.
  private func time(of level: NoiseLevel, in configuration: RunConfiguration) throws -> Double {
    let process = configuration.process.make()
    let times = (0...5000).map {
      process.stop * pow(process.horizon / process.stop, Double($0) / 5000)
    }
    return try #require(
      times.min {
        abs(process.level(at: $0).logSNR - level.logSNR)
          < abs(process.level(at: $1).logSNR - level.logSNR)
      })
  }

  private func dimensions(
    of state: WorkbenchState, _ levels: [ScoreErrorDistribution]
  ) throws -> FoundDimensions {
    let distribution = try state.run.configuration.distribution.makeDistribution(
      dataSource: DataFile())
    let sweep = DimensionSweep(distribution, count: 50, seed: 1)
    return FoundDimensions(
      step: 40, dimension: 2,
      levels: levels.enumerated().map { index, level in
        FoundDimensions.Level(
          level: level.level, time: level.time,
          learned: sweep.estimate(ExactScore(distribution), level: level.level, index: index),
          exact: Estimate(value: 1.5, standardError: 0))
      })
  }

  @Test("Floor, excess, recoverable share, parts and dimension are those of the nearest level")
  func values() throws {
    let (evidence, time) = try evidence()
    func value(_ name: String) throws -> Double {
      try #require(try evidence.value(of: LessonExpression("\(name)(\(time))")))
    }
    // The noise target of two coordinates: its mean square is 2, and it costs 1 a unit.
    #expect(try value("level_floor") == 0.5)
    #expect(try value("level_excess") == 0.125)
    #expect(try value("recoverable") == 0.75)
    let level = Fixture.errorParts.levels[1]
    #expect(try value("approximation_error") == level.approximation?.l2)
    #expect(try value("statistical_error") == level.statistical?.l2)
    #expect(try value("optimisation_error") == level.optimization?.l2)
    let found = evidence.snapshot?.measurements.foundDimensions?.levels[1].learned.value
    #expect(try value("found_dimension") == found)
  }

  @Test("Nothing is said of a level before it is measured")
  func unmeasured() throws {
    var state = try Fixture.state(marks: .ascii)
    state.run.snapshot?.measurements = MeasurementResults()
    let evidence = LessonEvidence(
      scene: LessonScene(state.run.configuration), configuration: state.run.configuration,
      snapshot: state.run.snapshot)
    for name in ["level_floor", "level_excess", "approximation_error", "found_dimension"] {
      #expect(try evidence.value(of: LessonExpression("\(name)(0.1)")) == nil, "\(name)")
    }
  }

  @Test("A picture of a lesson opens its view of the losses")
  func losses() throws {
    var state = try Fixture.state(marks: .ascii)
    for (losses, view) in [
      (LessonPicture.Losses.excess, LossView.excess), (.levels, .levels), (.kernel, .kernel),
      (.features, .features), (.gradients, .gradients), (.curve, .curve),
    ] {
      var picture = LessonPicture()
      picture.losses = losses
      state.show(picture)
      #expect(state.live.lossView == view)
    }
  }
}
