import Glibc
import ScoreCore
import ScoreLab

/// A finite class of scores of a noisy N(0, 1): the truth, and all that are wrong by `eps/sigma_t`,
/// up or down, in each of n cells of an upper tail.
///
/// With g one of the 2^n patterns of signs and A the tail of mass `p = (1 + margin) delta`, cut
/// into n cells of equal mass,
/// ```
/// s_g(x) = s(x) + (eps/sigma_t) g_c    for x in cell c of A,    s(x) elsewhere
/// ```
/// so every wrong candidate has `D_delta = eps/sigma_t`, and learning in the sense of D_delta means
/// to choose the truth. The noise of the regression, `Delta = s(x) + z/sigma_t`, is normal and
/// independent of x, with variance `alpha^2/sigma_t^2`. Given K_c samples in each cell, the
/// empirical risk prefers the best pattern to the truth exactly where
/// ```
/// sum_c sqrt(K_c) |xi_c| > a sum_c K_c,    a = eps/(2 alpha),  xi_c independent N(0, 1)
/// ```
/// so the whole class of `2^n + 1` scores is searched in n steps.
///
/// Source: derived from Gupta et al. 2024 (arXiv:2311.13745), Lemma A.2.
struct SignClass: Sendable, Equatable {
  /// n, the cells of the tail.
  var cells: Int
  /// delta, the share of points that D_delta leaves out.
  var delta: Double
  /// eps, the error of a wrong candidate times sigma_t.
  var accuracy: Double
  /// How much more mass than delta the tail has, relative to it.
  var margin: Double
  var level: NoiseLevel

  /// p, the mass of the tail.
  var eventMass: Double { delta * (1 + margin) }
  /// a, half the error in deviations of the noise Delta.
  var strength: Double { accuracy / (2 * level.alpha) }
  /// log H, in nats, of the `2^n + 1` scores.
  var logSize: Double { Double(cells) * log(2) + log1p(exp(-Double(cells) * log(2))) }

  /// `8 alpha^2 log(H/failure)/(eps^2 p)`: what the lemma's order is with the constant of one
  /// candidate's Gaussian tail.
  func orderOfSamples(failure: Double) -> Double {
    2 * (logSize - log(failure)) / (strength * strength * eventMass)
  }

  /// The probability that one wrong candidate alone is preferred to the truth after m samples; a
  /// tie is decided by a coin.
  func preferenceProbability(sampleCount m: Int) -> Double {
    let distribution = BinomialDistribution(count: m, probability: eventMass)
    var sum = 0.0
    for K in 0...m {
      let term = exp(
        distribution.logMass(K) + StandardNormal.logTail(Double(K).squareRoot() * strength))
      sum += term
      if Double(K) > distribution.mean, term < 1e-18 * sum { break }
    }
    return sum
  }
}

extension SignClass {
  /// The probability that empirical risk minimisation over the class chooses a wrong score after m
  /// samples; a tie is decided by a coin.
  ///
  /// Counts in cells are Poisson numbers given that their sum, with the samples outside, is m. The
  /// characteristic function of `Y = sum_c sqrt(K_c) |xi_c| - a K_c` is therefore the coefficient
  /// ```
  /// E e^{iwY} = (1/2 pi P(N = m)) int e^{-i th m} e^{m (1-p) (e^{i th} - 1)} psi(w, th)^n d th
  /// psi(w, th) = sum_k Pois(k; m p/n) e^{i th k} e^{-i w a k} E e^{i w sqrt(k) |xi|}
  /// ```
  /// and its inversion gives `P(Y > 0) + P(Y = 0)/2`.
  ///
  /// Source: the inversion is that of Gil-Pelaez 1951, "Note on the inversion theorem".
  func failureProbability(sampleCount m: Int) -> Double {
    let counts = PoissonCounts(mean: Double(m) * eventMass / Double(cells))
    let a = strength
    let halfMean = (2 / Double.pi).squareRoot()
    var (mean, square) = (0.0, 0.0)
    for (k, weight) in counts.weighted {
      let root = k.squareRoot()
      mean += weight * (root * halfMean - a * k)
      square += weight * (k + a * a * k * k - 2 * a * k * root * halfMean)
    }
    let deviation = (Double(cells) * max(square - mean * mean, 1e-300)).squareRoot()
    // A quarter of a deviation leaves out what is beyond 25 deviations.
    let h = 0.25 / deviation
    var sum = 0.0
    for place in 0..<4000 {
      let w = (Double(place) + 0.5) * h
      let value = characteristic(w, counts, sampleCount: m)
      sum += value.imaginary / w
      // It falls like w^-n; what follows is below this.
      if hypot(value.real, value.imaginary) < 1e-9 { break }
    }
    return 0.5 + sum * h / Double.pi
  }

  private func characteristic(
    _ w: Double, _ counts: PoissonCounts, sampleCount m: Int
  ) -> (real: Double, imaginary: Double) {
    let terms = counts.weighted.map { k, weight in
      let half = HalfNormal.characteristic(w * k.squareRoot())
      let (c, s) = (cos(strength * w * k), -sin(strength * w * k))
      return (
        k: k, real: weight * (half.real * c - half.imaginary * s),
        imaginary: weight * (half.real * s + half.imaginary * c)
      )
    }
    let (count, p) = (Double(m), eventMass)
    // Beyond 6.5 deviations of th nothing is left, and as many of m are aliased by the spacing.
    let spacing = 2 * Double.pi / (13 * count.squareRoot()).rounded(.up)
    let reach = min(
      Int((6.5 / count.squareRoot() / spacing).rounded(.up)), Int(Double.pi / spacing))
    var (real, imaginary) = (0.0, 0.0)
    for place in -reach...reach {
      let angle = Double(place) * spacing
      var (u, v) = (0.0, 0.0)
      for term in terms {
        let (c, s) = (cos(angle * term.k), sin(angle * term.k))
        u += term.real * c - term.imaginary * s
        v += term.real * s + term.imaginary * c
      }
      let logSize =
        Double(cells) * 0.5 * log(max(u * u + v * v, 1e-300)) + count * (1 - p) * (cos(angle) - 1)
      let turn = Double(cells) * atan2(v, u) + count * (1 - p) * sin(angle) - angle * count
      real += exp(logSize) * cos(turn)
      imaginary += exp(logSize) * sin(turn)
    }
    let logMass = count * log(count) - count - lgamma(count + 1)
    let scale = spacing / (2 * Double.pi) / exp(logMass)
    return (real * scale, imaginary * scale)
  }

  /// The number of samples at which the class is learned but for a probability `failure`.
  ///
  /// The secant rule on the probit of the failure against log m, in which it is nearly a line.
  func samplesNeeded(failure: Double) -> Double {
    func gap(_ logCount: Double) -> Double {
      // Between whole numbers the probability is that of a line.
      let m = exp(logCount)
      let floor = m.rounded(.down)
      let (low, high) = (
        failureProbability(sampleCount: Int(floor)), failureProbability(sampleCount: Int(floor) + 1)
      )
      let share = min(max(low + (high - low) * (m - floor), 1e-12), 1 - 1e-12)
      return StandardNormal.quantile(share) - StandardNormal.quantile(failure)
    }
    var (x, next) = (log(orderOfSamples(failure: failure) / 2.2), 0.0)
    var y = gap(x)
    next = x + 0.05
    for _ in 0..<12 where abs(next - x) > 1e-6 {
      let value = gap(next)
      guard value != y else { break }
      (x, y, next) = (next, value, next - value * (next - x) / (value - y))
    }
    return exp(next)
  }
}

/// The numbers of samples of a cell that are likely at all, with their probabilities.
private struct PoissonCounts {
  let weighted: [(k: Double, weight: Double)]

  init(mean: Double) {
    let reach = 9 * mean.squareRoot() + 20
    let range = Int(max(0, mean - reach))...Int(mean + reach)
    weighted = range.map { k in
      (Double(k), exp(Double(k) * log(mean) - mean - lgamma(Double(k) + 1)))
    }.filter { $0.1 > 1e-16 }
  }
}

/// The distribution of the size of a standard normal number.
enum HalfNormal {
  /// `E e^{iu|xi|} = e^{-u^2/2} + (2 i/sqrt(pi)) F(u/sqrt 2)` with Dawson's integral F.
  static func characteristic(_ u: Double) -> (real: Double, imaginary: Double) {
    (exp(-u * u / 2), 2 / Double.pi.squareRoot() * dawson(u * 0.5.squareRoot()))
  }

  /// `e^{-x^2} int_0^x e^{t^2} dt`, to about 1e-15.
  ///
  /// Source: Rybicki 1989, "Dawson's integral and the sampling theorem", Computers in Physics 3.
  static func dawson(_ x: Double) -> Double {
    let h = 0.25
    // Odd numbers about x/h; a Gaussian leaves nothing of those further off.
    let middle = 2 * Int((abs(x) / h / 2).rounded(.down)) + 1
    var sum = 0.0
    for n in stride(from: middle - 26, through: middle + 26, by: 2) {
      let gap = abs(x) - Double(n) * h
      sum += exp(-gap * gap) / Double(n)
    }
    return (x < 0 ? -sum : sum) / Double.pi.squareRoot()
  }
}
