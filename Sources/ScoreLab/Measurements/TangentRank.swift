public import ScoreCore

/// How many directions a network's empirical tangent kernel uses at one noise level.
///
/// Of n noisy points with one random unit direction v of the outputs each, the kernel is
/// ```
/// K_ij = <grad (v_i . F(x_i)), grad (v_j . F(x_j))>
/// ```
/// by the trained weights. Its effective rank is the exponential of the entropy of the eigenvalues' shares,
/// from 1 to n. The null is the same network before its first step, at the same points: a perceptron
/// starts with an output layer of 0, so there it is the kernel of random features of equal size.
///
/// Source: Roy and Vetterli 2007, "The effective rank", definition 1; Jacot, Gabriel and Hongler 2018
/// (arXiv:1806.07572) for the kernel; by noise level Yao et al. 2026 (arXiv:2605.10790).
public struct TangentRank: Sendable, Equatable {
  public let level: NoiseLevel
  /// The process time of the level.
  public let time: Double
  /// How many points a draw has: the largest rank.
  public let pointCount: Int
  public let trained: DrawnNumber
  /// Of the network before its first step.
  public let untrained: DrawnNumber
}
