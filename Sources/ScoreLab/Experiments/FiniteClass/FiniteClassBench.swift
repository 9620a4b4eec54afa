import Glibc
import ScoreCore

/// Empirical risk minimisation over a finite class of H scores: the samples that it needs, against
/// log H, 1/delta and 1/eps.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma A.2.
public struct FiniteClassBench: Experiment {
  /// n, the cells of the tail in which candidates differ; the class has `2^n + 1` scores.
  public var cells: Int
  public var delta: Double
  /// eps, the error of a wrong candidate times sigma_t.
  public var accuracy: Double
  /// The Ornstein-Uhlenbeck time of the noise level.
  public var time: Double
  /// How much more mass than delta the tail has, relative to it.
  public var margin: Double
  /// The probability of failure at which a class counts as learned.
  public var failure: Double
  /// Training sets for each class.
  public var repeats: Int
  /// Classes in each sweep.
  public var sweepCount: Int

  public func makeRun(_ setup: ExperimentSetup) -> any ExperimentRun {
    FiniteClassRun(bench: self, seed: setup.seed, threads: setup.threads)
  }

  /// The noise level of N(0, 1) data, whose noisy law is N(0, 1) too.
  var level: NoiseLevel { OrnsteinUhlenbeck(horizon: 6, stop: 1e-4).level(at: time) }

  /// The class in the middle of all sweeps.
  var base: SignClass {
    SignClass(cells: cells, delta: delta, accuracy: accuracy, margin: margin, level: level)
  }

  /// The class whose candidates may be wrong anywhere.
  var spread: SpreadClass {
    SpreadClass(cells: 2 << sweepCount, accuracy: accuracy, level: level)
  }

  /// What changes from class to class of a sweep.
  enum Sweep: Int, CaseIterable, Sendable {
    case classes, shares, accuracies
  }

  /// The deltas of the sweep over delta: 1/4, 1/8 and so on.
  var deltas: [Double] { (0..<sweepCount).map { 0.25 * exp2(-Double($0)) } }

  /// The classes of a sweep: n = 4, 8 and so on; the deltas; or eps from 1 down, to 1/8 with eight.
  func classes(_ sweep: Sweep) -> [SignClass] {
    (0..<sweepCount).map { place in
      var signs = base
      switch sweep {
      case .classes: signs.cells = 4 << place
      case .shares: signs.delta = deltas[place]
      case .accuracies: signs.accuracy = exp2(-3 * Double(place) / 7)
      }
      return signs
    }
  }
}

extension CatalogEntry where Member == any Experiment {
  static var finiteClass: Self {
    Self(
      name: "finite_class",
      summary: "empirical risk over H scores: samples needed against log H, 1/delta and 1/eps",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma A.2",
      parameters: [
        ParameterDescription(
          "cells", "n, cells in which candidates differ; the class has 2^n + 1 scores",
          .integer(default: 16, range: 4...128)),
        ParameterDescription(
          "delta", "share of points that D_delta leaves out",
          .number(default: 0.05, range: 0.001...0.4)),
        ParameterDescription(
          "eps", "error of a wrong candidate times sigma_t",
          .number(default: 0.5, range: 0.05...1)),
        ParameterDescription(
          "time", "Ornstein-Uhlenbeck time of the noise level",
          .number(default: 0.1, range: 0.001...2)),
        ParameterDescription(
          "margin", "how much more mass than delta candidates are wrong on, relative to it",
          .number(default: 0.1, range: 0.001...1)),
        ParameterDescription(
          "failure", "probability of a wrong choice at which a class counts as learned",
          .number(default: 0.1, range: 0.02...0.4)),
        ParameterDescription(
          "repeats", "training sets for each class, in ten groups",
          .integer(default: 1000, range: 100...100_000)),
        ParameterDescription(
          "sweep", "classes in each sweep", .integer(default: 8, range: 3...10)),
      ]
    ) { values in
      FiniteClassBench(
        cells: values.integer("cells"), delta: values.number("delta"),
        accuracy: values.number("eps"), time: values.number("time"),
        margin: values.number("margin"), failure: values.number("failure"),
        repeats: values.integer("repeats"), sweepCount: values.integer("sweep"))
    }
  }
}
