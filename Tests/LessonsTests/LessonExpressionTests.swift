import Foundation
import ScoreCore
import ScoreLab
import Testing

@testable import Lessons

/// Expressions are arithmetic over a closed list of quantities, whose values are those of the library.
@Suite struct LessonExpressionTests {
  private static func evidence(_ assignments: [String]) throws -> LessonEvidence {
    let configuration = try RunConfiguration().setting(assignments)
    return LessonEvidence(
      scene: LessonScene(configuration), configuration: configuration, snapshot: nil)
  }

  private static let normal = [
    "distribution={kind: gaussian_mixture, components: [{mean: [0], deviation: 2}]}",
    "process.kind=ornstein_uhlenbeck",
  ]

  @Test(
    "Arithmetic follows the usual rules",
    arguments: [
      ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("8 / 4 / 2", 1),
      ("10 - 3 - 2", 5), ("sqrt(16) + abs(-2)", 6), ("log(exp(3))", 3), ("tail(0)", 0.5),
      ("2 * -3", -6), ("2e-3 * 1e3", 2), (".5 + 1.25", 1.75),
    ])
  func arithmetic(text: String, value: Double) throws {
    let expression = try LessonExpression(text)
    let found = try #require(try Self.evidence([]).value(of: expression))
    #expect(abs(found - value) <= 1e-12)
  }

  @Test(
    "What is no expression is refused",
    arguments: [
      "", "1 +", "(1", "1)", "foo", "sigma", "sigma()", "sigma(1, 2)", "system(1)", "x", "1 2",
      "metric(nothing)", "setting(network.kind)", "1..2", "`ls`", "1e400",
    ])
  func faults(text: String) {
    #expect(throws: LessonExpression.Fault.self) { try LessonExpression(text) }
  }

  @Test("Nesting is limited, however it is written")
  func nesting() {
    for text in [
      String(repeating: "(", count: 400) + "1" + String(repeating: ")", count: 400),
      String(repeating: "-", count: 400) + "1",
      Array(repeating: "2", count: 400).joined(separator: "^"),
    ] {
      #expect(throws: LessonExpression.Fault.self) { try LessonExpression(text) }
    }
  }

  @Test("What has no value has none: a density of atoms, and a pair before the data")
  func withoutValue() throws {
    let atoms = try Self.evidence(["distribution.kind=two_point"])
    for text in ["score(0, 0)", "density(1, 0)"] {
      #expect(try atoms.value(of: LessonExpression(text)) == nil, "\(text)")
    }
    let middle = try #require(try atoms.value(of: LessonExpression("score(0, 1)")))
    #expect(abs(middle) < 1e-9)
    let pair = try Self.evidence(["distribution.kind=pair"])
    for text in ["pair_l2(-1000)", "pair_kl(-1000)", "pair_d(0.1, -1000)"] {
      #expect(try pair.value(of: LessonExpression(text)) == nil, "\(text)")
    }
  }

  @Test(
    "A number that is said holds to half a unit of its last digit",
    arguments: [("12", 0.5), ("0.09", 0.005), ("1e-3", 0.0005), ("2.5e-3", 0.00005), ("3e2", 50)])
  func rounding(text: String, tolerance: Double) {
    #expect(abs(LessonFact.rounding(of: text) - tolerance) < 1e-12)
  }

  @Test("What is exactly known of normal data is as in closed form")
  func closedForms() throws {
    let evidence = try Self.evidence(Self.normal)
    func value(_ text: String) throws -> Double {
      try #require(try evidence.value(of: LessonExpression(text)))
    }
    let t = 0.5
    let (alpha, sigma2) = (exp(-t), 1 - exp(-2 * t))
    let variance = 4 * alpha * alpha + sigma2
    #expect(abs(try value("alpha(0.5)") - alpha) < 1e-12)
    #expect(abs(try value("sigma(0.5)^2") - sigma2) < 1e-12)
    #expect(abs(try value("variance(0.5)") - variance) < 1e-12)
    #expect(abs(try value("score(3, 0.5)") + 3 / variance) < 1e-12)
    #expect(abs(try value("score(3, 0)") + 3.0 / 4) < 1e-12)
    #expect(abs(try value("density(0, 0.5)") - 1 / (2 * .pi * variance).squareRoot()) < 1e-12)
    #expect(abs(try value("denoised(3, 0.5)") - 3 * 4 * alpha / variance) < 1e-12)
    // Out of the process's time, and of points in the plane, nothing is known.
    #expect(try evidence.value(of: LessonExpression("sigma(1000)")) == nil)
    #expect(try evidence.value(of: LessonExpression("step")) == nil)
    #expect(try evidence.value(of: LessonExpression("1 / 0")) == nil)
    let plane = try Self.evidence(["distribution.kind=two_moons"])
    #expect(try plane.value(of: LessonExpression("score(3, 0.5)")) == nil)
  }

  @Test("The pair's numbers are those of its closed forms")
  func pair() throws {
    let evidence = try Self.evidence(["distribution={kind: pair, eta: 0.01, separation: 10}"])
    func value(_ text: String) throws -> Double {
      try #require(try evidence.value(of: LessonExpression(text)))
    }
    // Worked out by quadrature in numpy.
    #expect(abs(try value("pair_l2(0)") - 1) < 1e-3)
    #expect(abs(try value("pair_tv") - 0.01) < 1e-6)
    #expect(abs(try value("pair_kl(0)") - 0.4540) < 1e-3)
    #expect(abs(try value("pair_d(0.005, 0)") - 10) < 1e-2)
    #expect(abs(try value("pair_wrong(100, 0.05)") - 0.2087) < 1e-3)
    #expect(try Self.evidence(Self.normal).value(of: LessonExpression("pair_tv")) == nil)
  }

  @Test("The variance that a sampler gives is the recursion's")
  func samplers() throws {
    // N(0, 1/4), horizon 5, stop 0.01, 50 equal steps: worked out in numpy.
    let evidence = try Self.evidence([
      "distribution={kind: gaussian_mixture, components: [{mean: [0], deviation: 0.5}]}",
      "process={kind: ornstein_uhlenbeck, horizon: 5, stop: 0.01}", "sampler.grid=uniform",
    ])
    for (name, variance) in [
      ("euler_maruyama", 0.3775), ("exponential_integrator", 0.3938), ("ddpm_ancestral", 0.1428),
    ] {
      let value = try evidence.value(of: LessonExpression("sampled_variance(\(name), 50)"))
      #expect(abs(try #require(value) - variance) < 1e-4)
    }
  }

  @Test("Every quantity has a name, a summary and a signature that reads as an expression")
  func signatures() throws {
    for quantity in LessonQuantity.allCases {
      #expect(!quantity.summary.isEmpty && !quantity.summary.contains("\n"))
      let arguments = quantity.parameters.map { parameter in
        switch parameter {
        case .value: "1"
        case .name(_, let names): names[0]
        }
      }
      let call = arguments.isEmpty ? "" : "(\(arguments.joined(separator: ", ")))"
      let expression = try LessonExpression(quantity.rawValue + call)
      #expect(expression.quantities == [quantity])
      #expect(quantity.signature.hasPrefix(quantity.rawValue))
    }
  }

  @Test("A condition compares, and is not known before its values are")
  func conditions() throws {
    let evidence = try Self.evidence(Self.normal)
    #expect(try evidence.holds(LessonCondition("score(1, 0) < 0")) == true)
    #expect(try evidence.holds(LessonCondition("score(1, 0) >= 0")) == false)
    #expect(try evidence.holds(LessonCondition("setting(sampler.steps) <= 100")) == true)
    #expect(try evidence.holds(LessonCondition("setting(sampler.steps) > 100")) == false)
    #expect(try evidence.holds(LessonCondition("step >= 5")) == nil)
    #expect(throws: LessonExpression.Fault.self) { try LessonCondition("step") }
    #expect(throws: LessonExpression.Fault.self) { try LessonCondition("1 < 2 < 3") }
  }
}
