import ScoreClaims
import ScoreLab
import Testing

@Suite struct TheoremPlanTests {
  /// Logarithms to base 10 of every number, computed with 40 digits (mpmath 1.3) from the formulas as
  /// the paper states them.
  private static let expected: [(assignments: [String], values: [String: Double])] = [
    (
      [
        "d=2", "m2=1.5", "eps=0.1", "delta=0.1", "gamma=0.01", "failure=0.01", "parameters=1000",
        "depth=3", "theta=10", "log_classes=7",
      ],
      [
        "time": 0.42797885851768561,
        "stop": -3.9488474775526187,
        "steps": 3.7247646880496077,
        "steps_c2": 3.4612997486242226,
        "share_of_step": -4.7247646880496077,
        "tv_share": -1.0,
        "tv_score": -0.56880882798759808,
        "tv_steps": -0.8494850021680094,
        "tv_start": -0.6989700043360188,
        "tv": -0.14793859624733325,
        "w2": -1.8239087409443188,
        "samples_theorem_1_2": 9.4311339878374213,
        "samples_c2": 12.002693139038467,
        "samples_c2_tied": 12.002693139038467,
        "samples_one_time": 8.1363422100792417,
        "samples_finite_class": 4.8845355255642371,
        "approximation_all": -11.64673746601005,
        "approximation_finite_class": -5.0,
        "samples_block": 23.991135616519784,
        "steps_benton": 3.62752136439087,
      ]
    ),
    (
      [
        "d=3072", "m2=30", "eps=0.05", "delta=0.001", "gamma=0.0001", "failure=0.05",
        "parameters=5e7", "depth=40", "theta=100", "log_classes=1000", "constant=2", "logarithms=3",
      ],
      [
        "time": 0.87061314561698148,
        "stop": -8.5331787019201495,
        "steps": 9.3094477854480193,
        "steps_c2": 9.0690713378783683,
        "share_of_step": -12.309447785448019,
        "tv_share": -2.6989700043360188,
        "tv_score": -0.38950274614114905,
        "tv_steps": -1.3889887836625894,
        "tv_start": -0.99139982823808244,
        "tv": -0.25752626989980338,
        "w2": -2.2218487496163564,
        "samples_theorem_1_2": 24.513186380204238,
        "samples_c2": 28.814143248419276,
        "samples_c2_tied": 28.380612641349812,
        "samples_one_time": 20.049950914115613,
        "samples_finite_class": 12.869354844184801,
        "approximation_all": -27.055931867258958,
        "approximation_finite_class": -7.2041199826559248,
        "samples_block": 492.85859443921503,
        "steps_benton": 8.7961838131259316,
      ]
    ),
    (
      [
        "d=1", "m2=0.001", "eps=1", "delta=0.5", "gamma=0.5", "failure=0.5", "parameters=1",
        "depth=1", "theta=1", "log_classes=0",
      ],
      [
        "time": -.infinity,
        "stop": -6.6020599913279624,
        "steps": -0.4152590909177796,
        "steps_c2": 1.6648204200203134,
        "share_of_step": 0.1142290952537984,
        "tv_share": -0.3010299956639812,
        "tv_score": -0.079587269477430796,
        "tv_steps": 0.048455006504028207,
        "tv_start": 0.00043407747931864067,
        "tv": 0.53801902590833237,
        "w2": -3.3010299956639812,
        "samples_theorem_1_2": 0.0,
        "samples_c2": 2.7743803482918484,
        "samples_c2_tied": 2.7743803482918484,
        "samples_one_time": 0.52972470742133131,
        "samples_finite_class": 0.52972470742133131,
        "approximation_all": -3.630670835704608,
        "approximation_finite_class": -0.60205999132796239,
        "samples_block": 0.90308998699194359,
        "steps_benton": 0.0,
      ]
    ),
  ]

  @Test("Every number is that of an independent computation", arguments: 0..<3)
  func independent(index: Int) throws {
    let (assignments, expected) = Self.expected[index]
    let plan = TheoremPlan(try PlanValues().setting(assignments))
    #expect(Set(plan.rows.map(\.name)) == Set(expected.keys))
    for row in plan.rows {
      let value = try #require(expected[row.name])
      // Sums of a few logarithms in float64.
      #expect(row.log10 == value || abs(row.log10 - value) < 1e-12 * max(1, abs(value)), "\(row)")
    }
  }

  @Test("Halving eps costs 2^3 at a constant delta and 2^5 at delta = eps, as the versions say")
  func exponents() throws {
    func samples(_ name: String, _ eps: String) throws -> Double {
      try #require(
        TheoremPlan(PlanValues().setting(["eps=\(eps)", "m2=1", "gamma=0.01", "delta=0.3"]))
          .row(name)
      ).value
    }
    let printed =
      try samples("samples_theorem_1_2", "0.001") / samples("samples_theorem_1_2", "0.002")
    #expect(abs(printed - 8) < 1e-9)
    let tied = try samples("samples_c2_tied", "0.001") / samples("samples_c2_tied", "0.002")
    // The logarithms of 1/delta grow with delta = eps.
    #expect(tied > 32 && tied < 40)
    let constant = try samples("samples_c2", "0.001") / samples("samples_c2", "0.002")
    #expect(abs(constant - 8) < 0.001)
  }

  @Test("Constant and hidden logarithms multiply what has them, and nothing else")
  func constants() throws {
    let plain = TheoremPlan(PlanValues())
    let scaled = TheoremPlan(try PlanValues().setting(["constant=2", "logarithms=3"]))
    func ratio(_ name: String) throws -> Double {
      try #require(scaled.row(name)).value / #require(plain.row(name)).value
    }
    let expected: [String: Double] = [
      "time": 1, "stop": 1, "steps": 6, "samples_theorem_1_2": 6, "samples_c2": 36,
      "samples_finite_class": 6, "approximation_finite_class": 0.5, "tv_share": 2,
    ]
    for (name, value) in expected {
      #expect(try abs(ratio(name) / value - 1) < 1e-12, "\(name)")
    }
  }

  @Test("Numbers beyond float64 keep their order, and each is marked as one")
  func large() throws {
    let plan = TheoremPlan(try PlanValues().setting(["depth=1000", "theta=1e6", "parameters=1e9"]))
    let row = try #require(plan.row("samples_block"))
    #expect(row.value == .infinity && row.log10 > 20_000)
    #expect(row.text.hasPrefix("~ ") && row.text.contains("e210"))
    let lines = plan.csv.split(separator: "\n")
    #expect(lines.count == plan.rows.count + 1)
    #expect(lines.dropFirst().allSatisfy { $0.contains("\"order, constant unknown\"") })
  }

  @Test("A value that is out of range or unknown is refused with its name")
  func refusals() {
    for (assignment, words) in [
      ("eps=2", "eps: expected a number from 1e-09 to 1"), ("d=0.5", "d: expected a whole number"),
      ("q=1", "q: unknown key"),
    ] {
      do {
        _ = try PlanValues().setting([assignment])
        Issue.record("\(assignment) was taken")
      } catch { #expect("\(error)".contains(words), "\(error)") }
    }
  }
}
