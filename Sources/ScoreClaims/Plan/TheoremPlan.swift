import Glibc
import ScoreLab

/// What the theorems ask for at given sizes and accuracies: times, steps, samples, approximation.
///
/// Every number is an order. The theorems leave constants and logarithms open; here they are what
/// ``PlanValues`` puts in their place, 1 unless changed. A logarithm of the theorem itself counts
/// as at least 1, as orders do. Nothing in a verdict uses these numbers.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745): Theorems 1.2, C.2 and C.3,
/// Lemmas 1.3, 1.4, A.1 and A.2, Corollary B.6.
public struct TheoremPlan: Sendable, Equatable {
  /// What must be said with every number.
  public static let label = "order, constant unknown"
  /// The paper whose theorems and lemmas the rows name.
  public static let paper = "Gupta et al. 2024 (arXiv:2311.13745)"

  /// What a row is about.
  public enum Section: String, Sendable, CaseIterable {
    case sampling, samples, approximation, prior
  }

  /// One number with its formula and where it is from.
  public struct Row: Sendable, Equatable {
    /// A plain name, such as `samples_theorem_1_2`.
    public let name: String
    public let section: Section
    /// What it is, with its version where there are several.
    public let title: String
    /// The formula in ASCII.
    public let formula: String
    /// The place in ``TheoremPlan/paper``.
    public let place: String
    /// The logarithm to base 10: some of these numbers are beyond float64.
    public let log10: Double

    /// The number itself; infinite or 0 where float64 ends.
    public var value: Double { pow(10, log10) }
  }

  public let values: PlanValues
  public let rows: [Row]

  public init(_ values: PlanValues) {
    self.values = values
    let orders = Orders(values)
    rows =
      orders.sampling + orders.totalVariation + orders.samples + orders.approximation + orders.prior
  }

  /// The row of a name.
  public func row(_ name: String) -> Row? { rows.first { $0.name == name } }
}

/// The formulas, in natural logarithms so that nothing overflows.
private struct Orders {
  private let d: Double
  private let m2: Double
  private let eps: Double
  private let delta: Double
  private let gamma: Double
  private let failure: Double
  private let P: Double
  private let depth: Double
  private let theta: Double
  private let logH: Double
  /// log C, and log of what stands for the hidden logarithms.
  private let c: Double
  private let hidden: Double
  /// T, the noise time at which sampling starts.
  private let T: Double

  init(_ values: PlanValues) {
    d = Double(values.dimension)
    m2 = values.moment
    eps = values.accuracy
    delta = values.share
    gamma = values.stopping
    failure = values.failure
    P = values.parameters
    depth = Double(values.depth)
    theta = values.bound
    logH = values.logClassSize
    c = log(values.constant)
    hidden = log(values.hiddenLogarithms)
    T = max(0, log((d.squareRoot() + m2) / (eps + delta)))
  }

  /// log of a logarithm that counts as at least 1.
  private static func logLog(_ logarithm: Double) -> Double { log(max(1, logarithm)) }

  private func row(
    _ name: String, _ section: TheoremPlan.Section, _ title: String, _ formula: String,
    _ place: String, _ order: Double
  ) -> TheoremPlan.Row {
    TheoremPlan.Row(
      name: name, section: section, title: title, formula: formula,
      place: place, log10: order / log(10))
  }

  // MARK: - Sampling

  /// log N of Corollary B.6's choice.
  private var steps: Double {
    c + hidden + log(d) + 2 * log(T + log(1 / gamma)) - log(eps * eps + delta * delta)
  }

  /// log N of Theorem C.2, for a delta.
  private func stepsC2(_ delta: Double) -> Double {
    c + hidden + log(d) + 2 * Self.logLog(log((m2 + 1 / m2) / gamma))
      - log(eps * eps + delta * delta)
  }

  var sampling: [TheoremPlan.Row] {
    [
      row(
        "time", .sampling, "T, where sampling starts",
        "log((sqrt d + m2)/(eps + delta)), at least 0",
        "Cor. B.6", log(T)),
      row(
        "stop", .sampling, "noise time at which to stop", "min(gamma, gamma^2 m2^2/d)",
        "appendix B", min(log(gamma), 2 * log(gamma * m2) - log(d))),
      row(
        "steps", .sampling, "N, steps, choice of Cor. B.6",
        "d (T + log 1/gamma)^2/(eps^2 + delta^2)", "Cor. B.6", steps),
      row(
        "steps_c2", .sampling, "N, steps, as Theorem C.2 has it",
        "d log^2((m2 + 1/m2)/gamma)/(eps^2 + delta^2)", "Theorem C.2", stepsC2(delta)),
      row(
        "share_of_step", .sampling, "share of points a step may have wrong, by eps/sigma_t or more",
        "delta/N", "Lemma 1.3", log(delta) - steps),
    ]
  }

  var totalVariation: [TheoremPlan.Row] {
    let logs = T + log(1 / gamma)
    let terms = [
      log(delta), log(eps) + 0.5 * log(logs), 0.5 * (log(d) - steps) + log(logs),
      log(d.squareRoot() + m2) - T,
    ]
    let names = ["tv_share", "tv_score", "tv_steps", "tv_start"]
    let titles = ["points left out", "score", "steps", "start"]
    let formulas = [
      "delta", "eps sqrt(T + log 1/gamma)", "sqrt(d/N) (T + log 1/gamma)", "(sqrt d + m2) e^-T",
    ]
    let sum = log(terms.reduce(0) { $0 + exp($1) })
    return zip(zip(names, titles), zip(formulas, terms)).map { labels, numbers in
      row(labels.0, .sampling, "TV of \(labels.1)", numbers.0, "Cor. B.6", c + numbers.1)
    } + [
      row(
        "tv", .sampling, "TV to the distribution at the stop", "sum of the four", "Cor. B.6",
        c + sum),
      row(
        "w2", .sampling, "W2 from the distribution at the stop to the data's", "gamma m2",
        "Theorem 1.2",
        c + log(gamma * m2)),
    ]
  }

  // MARK: - Samples

  /// log m of Theorem C.2, N inserted, for a delta.
  private func samplesC2(_ delta: Double) -> Double {
    stepsC2(delta) + c + hidden + log(d + log(1 / delta)) + log(P * depth) - 3 * log(eps)
      + Self.logLog(log(max(m2, 1) * theta / delta)) + Self.logLog(log((m2 + 1 / m2) / gamma))
  }

  /// What both lemmas for one time share: `(d + log 1/failure)/(eps^2 delta)`.
  private var oneTime: Double {
    c + hidden + log(d + log(1 / failure)) - 2 * log(eps) - log(delta)
  }

  var samples: [TheoremPlan.Row] {
    let fullC2 = "N (d + log 1/delta) P D/eps^3 log(max(m2, 1) Theta/delta) log((m2 + 1/m2)/gamma)"
    return [
      row(
        "samples_theorem_1_2", .samples, "m, all steps, eps^-3: as printed, delta a constant",
        "d^2 P D/eps^3 log(Theta) log^3(1/gamma)", "Theorems 1.2 and C.3",
        c + hidden + 2 * log(d) + log(P * depth) - 3 * log(eps) + Self.logLog(log(theta))
          + 3 * Self.logLog(log(1 / gamma))),
      row(
        "samples_c2", .samples, "m, all steps, full form with N inserted, delta as given", fullC2,
        "Theorem C.2", samplesC2(delta)),
      row(
        "samples_c2_tied", .samples, "m, all steps, eps^-5: the full form at delta = eps", fullC2,
        "Theorem C.2; exponent as in a public review", samplesC2(min(eps, 0.5))),
      row(
        "samples_one_time", .samples, "m, one time, a network",
        "(d + log 1/failure) P D/(eps^2 delta) log(Theta/failure)", "Lemmas 1.4 and A.1",
        oneTime + log(P * depth) + Self.logLog(log(theta / failure))),
      row(
        "samples_finite_class", .samples, "m, one time, a class of H scores",
        "(d + log 1/failure) log(H/failure)/(eps^2 delta)", "Lemma A.2",
        oneTime + Self.logLog(logH - log(failure))),
    ]
  }

  // MARK: - Approximation and prior work

  var approximation: [TheoremPlan.Row] {
    [
      row(
        "approximation_all", .approximation,
        "sigma_t^2 E||s* - s_t||^2 that the class must reach, all steps",
        "delta eps^3/(C N^2 log(d/gamma))", "Theorem C.3",
        log(delta) + 3 * log(eps) - c - hidden - 2 * stepsC2(delta)
          - Self.logLog(log(d / gamma))),
      row(
        "approximation_finite_class", .approximation,
        "sigma_t^2 E||s* - s_t||^2 that a finite class must reach, one time",
        "delta failure eps^2/C", "Lemma A.2", log(delta * failure) + 2 * log(eps) - c),
    ]
  }

  var prior: [TheoremPlan.Row] {
    [
      row(
        "samples_block", .prior, "m by Block et al. 2020, as restated",
        "d^(5/2)/(gamma^3 eps^2) (Theta^2 P)^D sqrt D", "section 1",
        c + hidden + 2.5 * log(d) - 3 * log(gamma) - 2 * log(eps)
          + depth * (2 * log(theta) + log(P)) + 0.5 * log(depth)),
      row(
        "steps_benton", .prior, "N by Benton et al. 2023, as restated; needs the score in L2",
        "d log^2(1/gamma)/eps^2", "section 1",
        c + hidden + log(d) + 2 * Self.logLog(log(1 / gamma)) - 2 * log(eps)),
    ]
  }
}
