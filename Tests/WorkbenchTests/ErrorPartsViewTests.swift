import NumberFormatting
import ScoreCore
import ScoreTheory
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// The error in parts: bars with intervals, what must hold, and how far the minimisers are.
@Suite struct ErrorPartsViewTests {
  private func state(_ change: (inout ErrorParts) -> Void = { _ in }) throws -> WorkbenchState {
    var state = try Fixture.state(marks: .ascii)
    state.live.errorView = .parts
    var parts = Fixture.errorParts
    change(&parts)
    state.run.snapshot?.measurements[ErrorPartsMeasurement.self].value = parts
    return state
  }

  private func lines(_ state: WorkbenchState, width: Int = 76, height: Int = 20) -> [String] {
    var canvas = Canvas(size: Size(columns: width, rows: height))
    ErrorPane().draw(state, into: &canvas, in: canvas.bounds)
    return canvas.lines
  }

  @Test("Each part has its number with its interval, and a bar of its share of the longest")
  func bars() throws {
    let state = try state()
    let level = Fixture.errorParts.levels[state.live.levelIndex]
    let lines = lines(state)
    #expect(lines[0].hasPrefix("s^a exact; s^b exact"))
    for (row, errors) in [level.approximation, level.statistical, level.optimization, level.whole]
      .enumerated()
    {
      let errors = try #require(errors)
      let low = NumberText.short(errors.l2Interval.lowerBound, digits: 2)
      let name = ["approximation", "statistical", "optimisation", "whole"][row]
      #expect(lines[row + 1].hasPrefix("L2 \(name)"))
      #expect(lines[row + 1].contains("\(NumberText.short(errors.l2)) (\(low), "))
      // 76 columns less 20 for the name and 24 for the number are 32; the whole is the longest.
      let length = [20, 4, 12, 32][row]
      #expect(lines[row + 1].count { $0 == "#" } == length)
      #expect(lines[row + 6].hasPrefix("D_0.05 \(name)"))
    }
    let sum = NumberText.short(level.whole.l2 * 9 / 8)
    #expect(lines[5].contains("whole \(NumberText.short(level.whole.l2)) <= sum \(sum)"))
    #expect(lines[5].contains("<= 3 x squares"))
    #expect(lines[10].hasPrefix("whole D_0.15 "))
    #expect(lines[11...].joined().contains("approximation"), "the curves have a legend")
  }

  @Test("Without a training set two parts are one, and the pane says what to set")
  func freshPoints() throws {
    let state = try state { parts in
      parts.minimisers.empirical = .missing(.freshPoints)
      for index in parts.levels.indices {
        parts.levels[index].statistical = nil
        parts.levels[index].optimization = nil
      }
    }
    let text = lines(state).joined(separator: "\n")
    #expect(text.contains("no s^b") && text.contains("set training_set.count"))
    #expect(text.contains("L2 other than class") && !text.contains("statistical"))
    #expect(text.contains("<= 2 x squares") && text.contains("whole D_0.1 "))
  }

  @Test("Minimisers that converge say their steps and gradient, and before them there is the whole")
  func converging() throws {
    let state = try state { parts in
      parts.minimisers.population = .known(
        .descent(steps: 120, loss: 0.5, gradientNorm: 0.0123, ending: nil))
      parts.minimisers.empirical = .known(.collecting(0.25))
      for index in parts.levels.indices {
        parts.levels[index] = ErrorParts.Level(whole: parts.levels[index].whole)
      }
    }
    let lines = lines(state)
    let first = "s^a converging after 120 steps, gradient 0.012; s^b 25% of its rows"
    #expect(lines[0].hasPrefix(first))
    #expect(lines[1].hasPrefix("L2 whole") && lines[2].hasPrefix("D_0.05 whole"))
    #expect(!lines.joined().contains("<="))
  }

  @Test("Before anything is measured the pane says what it waits for, and words say the parts")
  func words() throws {
    var state = try state()
    let words = try #require(ErrorPane().words(state)).joined(separator: " ")
    for name in ["approximation L2", "statistical L2", "optimisation L2", "whole L2", "s^a exact"] {
      #expect(words.contains(name))
    }
    state.run.snapshot?.measurements[ErrorPartsMeasurement.self].value = nil
    #expect(lines(state)[0].hasPrefix("measuring the parts of the error"))
    #expect(ErrorPane().words(state) == nil)
  }

  @Test("Too few points for delta are said in place of a number")
  func unknown() throws {
    var state = try state()
    state.run.configuration.probe.delta = 0.001
    let text = lines(state).joined(separator: "\n")
    #expect(text.contains("D_0.001 approximation") && text.contains("unknown: 2048 of 10000"))
    #expect(!text.contains("whole D_"))
  }
}
