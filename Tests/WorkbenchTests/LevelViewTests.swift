import NumberFormatting
import ScoreCore
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// The loss by noise level and the dimension that the score finds.
@Suite struct LevelViewTests {
  private func text(_ pane: any Pane, _ state: WorkbenchState, columns: Int = 90) -> String {
    var canvas = Canvas(size: Size(columns: columns, rows: 24))
    pane.draw(state, into: &canvas, in: canvas.bounds)
    return canvas.lines.joined(separator: "\n")
  }

  /// Floors of 0.5 at every level, and an excess that halves at the least noise alone.
  private func state(_ view: LossView) throws -> WorkbenchState {
    var state = try Fixture.state(marks: .ascii)
    state.live.lossView = view
    state.live.levelIndex = 0
    let levels = try #require(state.run.snapshot?.probe?.levels)
    var losses = LevelLosses(
      levels: levels.map {
        LevelLosses.Level(
          level: $0.level, time: $0.time, floor: Estimate(value: 0.5, standardError: 0),
          secondMoment: 2, dimension: 2)
      })
    losses.add(.init(step: 10, excess: levels.indices.map { $0 == 0 ? 0.25 : 0.0625 }))
    losses.add(.init(step: 40, excess: levels.indices.map { $0 == 0 ? 0.125 : 0.0625 }))
    state.run.snapshot?.measurements[LevelLossesMeasurement.self].value = losses
    return state
  }

  @Test("% shows the excess by level, floor and excess, views of the network, and the curve again")
  func views() throws {
    var state = try state(.curve)
    state.press(.character("2"))
    let curve = text(LossPane(), state)
    state.press(.character("%"))
    #expect(state.live.lossView == .excess && LossPane().note(state).contains("excess"))
    #expect(text(LossPane(), state).contains("excess, target "))
    state.press(.character("%"))
    #expect(text(LossPane(), state).contains("floor + excess, target "))
    for (view, words) in [
      (LossView.kernel, "measuring the tangent kernel"), (.features, "measuring the features"),
      (.gradients, "measuring the gradients"),
    ] {
      state.press(.character("%"))
      #expect(state.live.lossView == view && text(LossPane(), state).hasPrefix(words))
    }
    state.press(.character("%"))
    #expect(text(LossPane(), state) == curve)
  }

  @Test("The numbers of a level are those of the target in view, and # changes the target")
  func numbers() throws {
    var state = try state(.excess)
    state.press(.character("2"))
    let losses = try #require(state.run.snapshot?.measurements.levelLosses)
    var seen: Set<String> = []
    for _ in TrainingTargetCatalog.all {
      let name = LossPane().targetName(state)
      let own = state.run.configuration.objective
      let entry = try #require(TrainingTargetCatalog.all.first { $0.name == name })
      let target = name == own.target.name ? own.make().target : try entry.make()
      let factor = losses.factor(of: target, at: 0)
      #expect(
        text(LossPane(), state).contains(
          "floor \(NumberText.short(0.5 * factor, digits: 3)) + excess "
            + NumberText.short(0.125 * factor, digits: 3)), "\(name)")
      seen.insert(name)
      state.press(.character("#"))
    }
    #expect(seen.count == TrainingTargetCatalog.all.count)
  }

  @Test("A level that learns says so next to the whole loss, and one that does not says that")
  func course() throws {
    var state = try state(.excess)
    // The fixture has taken more steps than the history, whose later half begins at step 10.
    #expect(text(LossPane(), state).contains("since step 10: excess here -50%, whole loss "))
    state.live.levelIndex = 1
    #expect(text(LossPane(), state).contains("since step 10: excess here +0%, whole loss "))
    let words = try #require(LossPane().words(state)).joined(separator: " ")
    #expect(words.contains("excess here +0%"))
  }

  @Test("Colours are never alone: in ASCII and without colours the field is shades of glyphs")
  func shades() throws {
    var state = try state(.excess)
    #expect(text(LossPane(), state).contains("@"))
    state.run.snapshot?.measurements[LevelLossesMeasurement.self].value = nil
    #expect(text(LossPane(), state).hasPrefix("measuring the loss by noise level"))
  }

  @Test("The dimension has its interval, its exact value and its level")
  func dimension() throws {
    var state = try Fixture.state(marks: .ascii)
    state.live.errorView = .dimension
    state.live.levelIndex = 0
    #expect(text(ErrorPane(), state).hasPrefix("measuring the dimension"))
    let levels = try #require(state.run.snapshot?.probe?.levels)
    let distribution = try state.run.configuration.distribution.makeDistribution(
      dataSource: DataFile())
    let sweep = DimensionSweep(distribution, count: 50, seed: 1)
    let found = FoundDimensions(
      step: 40, dimension: 2,
      levels: levels.enumerated().map { index, level in
        FoundDimensions.Level(
          level: level.level, time: level.time,
          learned: sweep.estimate(ExactScore(distribution), level: level.level, index: index),
          exact: Estimate(value: 1.5, standardError: 0))
      })
    state.run.snapshot?.measurements[IntrinsicDimensionMeasurement.self].value = found
    let picture = text(ErrorPane(), state)
    let learned = found.levels[0].learned
    let numbers = [learned.value, learned.interval.lowerBound, learned.interval.upperBound]
      .map { NumberText.short($0, digits: 3) }
    #expect(
      picture.contains("learned \(numbers[0]) (\(numbers[1]), \(numbers[2])), exact 1.5, of 2"))
    #expect(picture.contains("dimension, of 2") && picture.contains("noise level: time t"))
    #expect(ErrorPane().note(state).contains("dimension, step 40"))
  }
}
