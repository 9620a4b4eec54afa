import Glibc
import ScoreCore
import ScoreLab

/// Empirical risk minimisation over a finite class of H scores: the samples that it needs, against
/// log H, 1/delta and 1/eps.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma A.2.
struct FiniteClass: ClaimExperiment {
  static let claim = Claim(
    "finite_class", title: "Empirical risk over a finite class",
    summary: "empirical risk over H scores: samples needed against log H, 1/delta and 1/eps",
    statement:
      "To leave out of H scores all that are wrong by eps/sigma_t or more on a share of "
      + "points just above delta, empirical risk minimisation needs m in proportion to "
      + "log(H/failure)/(eps^2 delta), as the lemma's bound says; where candidates may be wrong "
      + "anywhere, far fewer than in proportion to 1/delta will do.",
    source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma A.2", .stated,
    caveats: [
      "The lemma is an upper bound: so many samples will do, for any class that holds a good "
        + "enough "
        + "score. That they are needed is shown here for one class, built so that every wrong "
        + "candidate sits on a tail of mass p = (1 + margin) delta. Another class may need fewer: "
        + "the one that may be wrong anywhere needs log(1/delta).",
      "The lemma's factor d + log(1/failure) comes from clipping. In this class nothing is "
        + "clipped, d is 1, and the factor is not seen.",
      "The truth is one of the H scores, so the lemma's condition on approximation holds with "
        + "room. "
        + "The distribution is N(0, 1), where the noise of the regression does not depend on x.",
      "The constants of the lemma are not stated. The column of Bernstein's bound has the proof's "
        + "own, with the clip at 10 B^2/sigma_t^2.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer(
      "cells", "n, cells in which candidates differ; the class has 2^n + 1 scores", \.cells,
      in: 4...128),
    .number("delta", "share of points that D_delta leaves out", \.delta, in: 0.001...0.4),
    .number("eps", "error of a wrong candidate times sigma_t", \.accuracy, in: 0.05...1),
    .number("time", "Ornstein-Uhlenbeck time of the noise level", \.time, in: 0.001...2),
    .number(
      "margin", "how much more mass than delta candidates are wrong on, relative to it", \.margin,
      in: 0.001...1),
    .number(
      "failure", "probability of a wrong choice at which a class counts as learned", \.failure,
      in: 0.02...0.4),
    .integer(
      "repeats", "training sets for each class, in ten groups", \.repeats, in: 100...100_000),
    .integer("sweep", "classes in each sweep", \.sweepCount, in: 3...10),
  ]

  /// n, the cells of the tail in which candidates differ; the class has `2^n + 1` scores.
  var cells = 16
  var delta = 0.05
  /// eps, the error of a wrong candidate times sigma_t.
  var accuracy = 0.5
  /// The Ornstein-Uhlenbeck time of the noise level.
  var time = 0.1
  /// How much more mass than delta the tail has, relative to it.
  var margin = 0.1
  /// The probability of failure at which a class counts as learned.
  var failure = 0.1
  /// Training sets for each class.
  var repeats = 1000
  /// Classes in each sweep.
  var sweepCount = 8

  func makePlan(_ setup: ExperimentSetup) -> FiniteClassPlan {
    FiniteClassPlan(values: self, seed: setup.seed)
  }
}

extension FiniteClass {
  /// The noise level of N(0, 1) data, whose noisy distribution is N(0, 1) too.
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
