import Glibc
import NumberFormatting
import ScoreCore
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// What the views of collapse and refinement show, of numbers that are given.
enum ManifoldFixture {
  /// Two dimensions, one along; across falls from 0.6 to 0.1 over four passes.
  static func addSpectra(to state: inout WorkbenchState) throws {
    let levels = try #require(state.run.snapshot?.probe?.levels)
    func side(_ along: Double, _ across: Double, _ off: Double) -> DenoiserSpectra.Side {
      DenoiserSpectra.Side(
        eigenvalues: [along, across], along: Estimate(value: along, standardError: 0.01),
        across: Estimate(value: across, standardError: 0.02), offManifold: off)
    }
    var spectra: DenoiserSpectra?
    for (step, across) in [(10, 0.6), (20, 0.4), (30, 0.2), (40, 0.1)] {
      spectra = DenoiserSpectra(
        step: step, dimension: 2, intrinsicDimension: 1,
        levels: levels.enumerated().map { index, level in
          DenoiserSpectra.Level(
            level: level.level, time: level.time,
            learned: side(0.9 - 0.05 * Double(index), across, across / 2),
            exact: side(1 - 0.05 * Double(index), 0.01, 0.005))
        }, history: spectra?.history ?? [])
    }
    state.run.snapshot?.measurements[DenoiserSpectraMeasurement.self].value = spectra
  }

  /// Twelve bins, of samples that are turned by a bin.
  static func addAngles(to state: inout WorkbenchState) {
    let exact = (0..<12).map { exp(cos(2 * Double.pi * (Double($0) + 0.5) / 12 - Double.pi)) }
    let total = exact.reduce(0, +)
    let shares = (0..<12).map { exact[($0 + 1) % 12] / total }
    state.run.snapshot?.measurements[AngularDensityMeasurement.self].value = AngularDensity(
      step: 40, sampleCount: 500, shares: shares, exact: exact.map { $0 / total }, divergence: 0.12,
      null: 0.005...0.02, uniform: 0.25,
      history: [(10, 0.4), (20, 0.3), (30, 0.2), (40, 0.12)].map { .init(step: $0, value: $1) })
  }
}

@Suite struct ManifoldViewTests {
  private func lines(_ state: WorkbenchState, rows: Int = 30) -> [String] {
    var canvas = Canvas(size: Size(columns: 100, rows: rows))
    ErrorPane().draw(state, into: &canvas, in: canvas.bounds)
    return canvas.lines
  }

  @Test("Collapse has the level's numbers, a chart over steps and, with room, one over levels")
  func collapse() throws {
    var state = try Fixture.state(marks: .ascii)
    state.live.errorView = .collapse
    #expect(lines(state)[0].hasPrefix("measuring the denoiser's Jacobian"))
    try ManifoldFixture.addSpectra(to: &state)
    state.live.levelIndex = 0
    let text = lines(state).joined(separator: "\n")
    #expect(text.contains("1 along 0.9 +- 0.02, exact 1"))
    #expect(text.contains("1 across 0.1 +- 0.039, exact 0.01"))
    #expect(text.contains("D(x) off the manifold: 0.05, exact 0.005"))
    #expect(text.contains("step") && text.contains("noise level: time t"))
    #expect(!lines(state, rows: 12).joined().contains("noise level: time t"))
    #expect(ErrorPane().note(state).contains("collapse, step 40"))
    let words = try #require(ErrorPane().words(state)).joined(separator: " ")
    #expect(words.contains("off the manifold"))
  }

  @Test("Refine has the divergence with its null and the uniform angle, or why there is none")
  func refine() throws {
    var state = try Fixture.state(marks: .ascii)
    state.live.errorView = .refine
    #expect(lines(state)[0].hasPrefix("sampling the angle"))
    ManifoldFixture.addAngles(to: &state)
    let text = lines(state).joined(separator: "\n")
    #expect(text.contains("angular KL 0.12 nats, above the null (0.005 to 0.02)"))
    #expect(text.contains("a uniform angle has 0.25"))
    #expect(text.contains("angles of 500 samples in 12 bins"))
    #expect(ErrorPane().note(state).contains("refine, step 40"))
    state.run.snapshot?.measurements[AngularDensityMeasurement.self].value = .unknown(step: 4)
    #expect(lines(state)[0].contains("the distribution circle"))
  }

  @Test("Every label of both views has a term", arguments: [ErrorView.collapse, .refine])
  func labels(view: ErrorView) throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    try ManifoldFixture.addSpectra(to: &state)
    ManifoldFixture.addAngles(to: &state)
    state.live.errorView = view
    let labels = Set(state.plots(ofPane: 2).flatMap(\.labels))
    #expect(!labels.isEmpty)
    for label in labels.sorted() {
      #expect(!Glossary.terms(ofLabel: label).isEmpty, "\(label)")
    }
  }

  @Test("Each view wants what it draws")
  func measurements() throws {
    var state = try Fixture.state()
    state.press(.character("3"), .character("z"))
    state.live.errorView = .collapse
    #expect(state.shownMeasurements.contains(DenoiserSpectraMeasurement.self))
    #expect(!state.shownMeasurements.contains(AngularDensityMeasurement.self))
    state.live.errorView = .refine
    #expect(state.shownMeasurements.contains(AngularDensityMeasurement.self))
    #expect(!state.shownMeasurements.contains(DenoiserSpectraMeasurement.self))
  }
}
