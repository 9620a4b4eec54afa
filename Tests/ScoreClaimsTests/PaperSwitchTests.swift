import Glibc
import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct PaperSwitchTests {
  /// m, S, log eta and, where that is a weight, the zero and log10 L2^2 of its score; then log eta and
  /// log10 L2^2 of the score that is 0 at 10 sqrt(log m): mpmath with 400 digits.
  static let rows:
    [(m: Int, S: Double, logWeight: Double, zero: Double, l2: Double, exact: (Double, Double))] = [
      (
        1000, 100, -2367.13394493555, 26.3183656850199, -148.428375358,
        (-2370.70778383793, -148.019348239)
      ),
      (
        1000, 53, -7.5514391008609, 26.3573267640622, -149.333516094,
        (-11.5053338432756, -148.479421534)
      ),
      (
        100, 100, -2849.42880352466, 21.4927572159474, -98.2339943758,
        (-2852.73653624175, -97.9245524468)
      ),
    ]

  @Test("The lemma's weight, switch point and gap agree with mpmath in logarithms", arguments: rows)
  func lemma(
    row: (m: Int, S: Double, logWeight: Double, zero: Double, l2: Double, exact: (Double, Double))
  ) throws {
    let paper = PaperSwitch(sampleCount: row.m, separation: row.S)
    // Roundings of numbers near S^2/2 = 5000.
    #expect(abs(paper.logWeight - row.logWeight) < 1e-9)
    let (weight, exact) = (try #require(paper.ofWeight), try #require(paper.atSwitchPoint))
    #expect(abs(weight.switchPoint - row.zero) < 1e-10)
    // The constants have 12 digits.
    #expect(abs(weight.logMoment(2) / log(10) - row.l2) < 1e-8)
    #expect(abs(exact.logWeight - row.exact.0) < 1e-9)
    #expect(abs(exact.logMoment(2) / log(10) - row.exact.1) < 1e-8)
  }

  @Test("The paper's eta is a weight only from a separation on")
  func leastSeparation() {
    let paper = PaperSwitch(sampleCount: 1000, separation: 20)
    #expect(abs(paper.leastSeparation - 52.7156440968) < 1e-9)
    #expect(!paper.isWeight && paper.ofWeight == nil && paper.atSwitchPoint == nil)
    #expect(abs(paper.logWeight - 328.647909249247) < 1e-9)
  }
}
