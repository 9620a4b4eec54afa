import Foundation
import ScoreCore
import TestSupport

/// Means over the levels of a process and a draw, by process, draw and two more keys.
///
/// `bayesFloors` are Bayes floors of ``ReferencePair``, by weighting and target (`any` where all
/// targets have the same): `E w Var(y | x_t)`, the variance of the clean point by a sum over 6,001
/// points, levels by Gauss-Legendre rules in the draw's own variable, numpy in float64.
/// `heldOutExcesses` are `E w_noise ||sigma (s_hat - s)||^2` for `N(0, I / 4)` in the plane, the weight
/// constant on a target or `likelihood`, by kind of error: `scaled` for `s_hat = 2 s`, `shifted` for
/// `s_hat = s + 1 / sigma` in both coordinates; the same rules. Processes and draws have their
/// default parameters, but for `ornstein_uhlenbeck long`, which is of horizon 20 and stop 1e-6.
enum AverageReference {
  typealias Table = [String: [String: [String: [String: Double]]]]

  struct Missing: Error {}

  static func load(_ name: String) throws -> Table {
    guard
      let url = Bundle.module.url(
        forResource: name, withExtension: "json", subdirectory: "Fixtures")
    else { throw Missing() }
    return try JSONDecoder().decode(Table.self, from: Data(contentsOf: url))
  }

  static let processNames = ProcessCatalog.all.map(\.name) + ["ornstein_uhlenbeck long"]

  static func process(named name: String) throws -> any ForwardProcess {
    if name == "ornstein_uhlenbeck long" { return OrnsteinUhlenbeck(horizon: 20, stop: 1e-6) }
    guard let entry = ProcessCatalog.entry(named: name) else { throw Missing() }
    return try entry.make()
  }
}
