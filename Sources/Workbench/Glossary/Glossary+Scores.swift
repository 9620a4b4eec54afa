/// The score, and how wrong a learned one is.
extension Glossary {
  static let scores: [Term] = [
    Term(
      "score s", "s", "sigma s", "s, exact", "exact", "exact score",
      is: "The score s is the gradient of log q_t, the exact one.",
      and: "It points to where the density grows fastest and needs no normalising constant.",
      so: "A sampler that follows it turns noise into data.",
      formula: "s(x, t) = grad_x log q_t(x)", see: "Samples after g; lesson 1"),
    Term(
      "s_hat", "s_hat, learned", "learned score",
      is: "s_hat is the learned score: what the network says.",
      and: "Whatever the network predicts (noise, data, velocity) is turned into a score first.",
      so: "It is measured and sampled with the averaged weights.",
      formula: "for the target noise, s_hat = -(predicted noise) / sigma", see: "Samples after g"),
    Term(
      "error", "s_hat - s", "sigma ||s_hat - s||", "sigma (s_hat - s)",
      is: "The error is the distance of the learned score from the exact one at a point.",
      and: "It is shown times sigma, because scores grow like 1 / sigma at small noise.",
      so: "Times sigma it has no unit, and levels can be compared.",
      formula: "sigma ||s_hat(x, t) - s(x, t)||", see: "Error, the histogram at the top"),
    Term(
      "zero score",
      is: "The zero score is 0 at every point.",
      and: "It knows nothing, so its error is the length of the exact score.",
      so: "A network that errs as much has learned nothing at that level.",
      formula: "s_hat = 0", see: "Error of pictures, by pixel, after b"),
    Term(
      "one Gaussian",
      is: "One Gaussian is the score of the normal law with the data's mean and covariance.",
      and: "It knows two moments of the data and nothing of their shape.",
      so: "A network that errs as much has learned two moments.",
      formula: "-(alpha^2 C + sigma^2 I)^-1 (x - alpha m)",
      see: "Error of pictures, by pixel, after b"),
    Term(
      "L2", "worst L2", "L2^2", "l2",
      is: "L2 is the root of the mean squared error under q_t.",
      and: "A few points with huge errors can decide it.",
      so: "Training minimises its square; the bound on samples needs less.",
      formula: "L2 = sqrt(E ||s_hat - s||^2), shown times sigma",
      see: "Error, the mark L2; lesson 7"),
    Term(
      "D_delta", "D", "d_delta",
      is:
        "D_delta is a quantile of the error: all but a share delta of the points have a smaller one.",
      and: "It does not see how large the errors of the worst points are.",
      so:
        "A small D_delta at every level is enough for samples that are close (Gupta et al. 2024).",
      formula: "D_delta = min { e : P(||s_hat - s|| >= e) <= delta }, shown times sigma",
      see: "Error, the mark D; lessons 7 and 8"),
    Term(
      "delta",
      is: "delta is the share of points that D_delta leaves out.",
      and: "d and D make it smaller and larger.",
      so: "A quantile of so few points needs at least 100 / delta of them.",
      formula: "0 < delta < 1", see: "Setup, row delta; Error, D_0.05 for delta = 0.05"),
    Term(
      "Markov",
      is: "Markov is the bound on D_delta that follows from L2.",
      and: "It is Markov's inequality for the squared error.",
      so: "Where it is far above D_delta, L2 says little about most points.",
      formula: "D_delta <= L2 / sqrt(delta)", see: "Error, the mark Markov"),
    Term(
      "Markov gap",
      is: "The Markov gap is that bound divided by D_delta.",
      and: "It is at least 1, and near 1 only where all large errors are alike.",
      so: "It says how much L2 overstates the error of most points.",
      formula: "L2 / (sqrt(delta) D_delta)", see: "Error, the line of numbers"),
    Term(
      "worst 5%", "worst",
      is:
        "Worst 5% is the share of the squared L2 error that the worst 5% of the points carry; the percentage is delta.",
      and: "Errors that are alike everywhere give 5%.",
      so: "Near 100% a few points decide L2; w lists them.",
      formula: "sum of the largest delta of the squared errors / sum of all",
      see: "Error, the line of numbers"),
    Term(
      "few points",
      is: "Few points marks a quantile that rests on too few errors.",
      and: "It takes 100 / delta points for about 100 of them beyond it.",
      so: "Take more probe points, or a larger delta.",
      formula: "probe points < 100 / delta",
      see: "Error with a small delta; Setup, row probe points"),
    Term(
      "own samples",
      is:
        "At own samples the error is taken at the points that the reverse process itself goes through.",
      and: "They are not distributed like q_t where the score is wrong.",
      so: "It says what the sampler meets, not what the bound is about.",
      formula: "sigma ||s_hat(x_t, t) - s(x_t, t)|| along samples", see: "Error, after b"),
    Term(
      "distance", "by distance", "shell", "mean", "distance from the mean of q_t",
      is:
        "By distance the probe points are cut into shells by their distance from the mean of q_t.",
      and: "Each shell has its own mean error and quantile, and its share of the squared error.",
      so: "It shows whether the error sits far out, where there are few data.",
      formula: "r = ||x - E x_t||", see: "Error, after b twice"),
    Term(
      "approximation", "s^a",
      is: "Approximation is what the best score of the class misses: from the exact score to s^a.",
      and: "The score s^a is what the loss over the distribution itself is least at.",
      so: "More units or features lower it; more data or steps do not.",
      formula: "sigma ||s - s^a||", see: "Error, after b three times"),
    Term(
      "statistical", "s^b",
      is: "Statistical is what the training set does not say: from s^a to s^b.",
      and: "The score s^b is what the loss over the training set is least at.",
      so: "It falls with the number of points; fresh points in every step have no s^b.",
      formula: "sigma ||s^a - s^b||", see: "Error, after b three times"),
    Term(
      "optimisation", "other than class",
      is: "Optimisation is what the descent leaves: from s^b to the run as it is.",
      and: "Without a training set it cannot be told from the statistical part: other than class.",
      so: "More or smaller steps lower it.",
      formula: "sigma ||s^b - s_hat||", see: "Error, after b three times"),
    Term(
      "whole",
      is: "The whole is the error of the run, which its parts add up to at most.",
      and: "Its L2 is at most the sum of theirs, and its square three times that of their squares.",
      so: "Its quantile at three times delta is at most the sum of theirs at delta.",
      formula: "D_3delta(s, s_hat) <= sum of the parts' D_delta",
      see: "Error, after b three times"),
    Term(
      "converging", "converged", "not converged",
      is: "Converging is a minimiser that full-batch descent is on the way to.",
      and: "The norm of the loss's gradient says how far it is; at a minimum it is 0.",
      so: "Parts that rest on it may still change.",
      formula: "|| grad L ||", see: "Error, after b three times, with a network mlp"),
    Term(
      "found dimension", "dimension, of",
      is: "The dimension that a score finds is how many directions it takes for the data's own.",
      and: "Noise across the data's manifold can be told, noise along it cannot.",
      so: "With little noise it is the manifold's dimension, if the network has learned the score.",
      formula: "d - sigma^2 E||s||^2", see: "Error, after b five times"),
    Term(
      "along", "exact along", "eigenvalue", "eigenvalues",
      is: "Along is the mean of the k largest eigenvalues of the denoiser's Jacobian.",
      and: "The denoiser guesses the data from a noisy point, and k is the manifold's dimension.",
      so: "With little noise it is near 1: along the manifold a noisy point is left where it is.",
      formula: "eigenvalues of I + sigma^2 grad s", see: "Error, after b six times; lesson 14"),
    Term(
      "across", "exact across",
      is: "Across is the mean of the other eigenvalues of the denoiser's Jacobian.",
      and: "On a circle of radius r the exact one is near sigma^2 / (2 r^2) with little noise.",
      so: "As it falls, the score collapses onto the data's manifold.",
      formula: "eigenvalues of I + sigma^2 grad s", see: "Error, after b six times; lesson 14"),
    Term(
      "off manifold",
      is: "Off manifold is how far denoised points are from the data's manifold.",
      and: "It is a root mean square, in data units.",
      so: "It falls with the eigenvalues across, and is nearly 0 for the exact score.",
      formula: "sqrt E ||D(x) - nearest point||^2", see: "Error, after b six times; lesson 14"),
    Term(
      "angular KL", "angle", "uniform",
      is: "The angular KL is how far the angles of the samples are from the data's.",
      and: "It is the divergence of their shares in bins from the exact shares, in nats.",
      so: "Of n samples of the exact distribution in B bins it is about B / (2 n), the null.",
      formula: "sum p_hat log (p_hat / p)", see: "Error, after b seven times; lesson 14"),
    Term(
      "Cor. B.6", "bound on the samples",
      is: "Corollary B.6 bounds how far samples are in total variation, by four terms.",
      and:
        "The paper leaves its constants open, so the terms are orders and their sum is no bound.",
      so: "Below them stand the same with every constant, whose sum may be compared.",
      formula:
        "delta + eps sqrt(T + log 1/gamma) + sqrt(d/N) (T + log 1/gamma) + (sqrt d + m_2) e^-T",
      see: "Error, after b four times; lesson 10"),
    Term(
      "every constant", "along paths", "e^2",
      is:
        "With every constant the bound is that of the score along exact paths, of steps and of start.",
      and:
        "The score's term is the share of paths whose error adds up to more than e^2, and sqrt(e^2/2).",
      so: "Where the limit of the sum is 1 or more it says nothing.",
      formula: "P[A > e^2] + sqrt(e^2/2) + 2 sqrt(KL/2) + TV(q_T, N(0, I))",
      see: "Error, after b four times"),
    Term(
      "measured TV",
      is: "Measured TV is the distance of the run's samples by histograms.",
      and: "Next to it is what as many points of the distribution itself have by chance.",
      so: "The bound is above it where it says anything.",
      formula: "1/2 sum |p_hat - p| over bins", see: "Error, after b four times"),
    Term(
      "worst points",
      is: "The worst points are those with the largest errors.",
      and: "They stand with the density there and their place, in the units of the data.",
      so: "A low density says that training hardly ever saw such points.",
      formula: "the ten largest errors", see: "Error, after w"),
    Term(
      "probe points", "points", "probe levels",
      is: "Probe points are drawn from q_t to measure errors; no network learns from them.",
      and: "They are the same points at every measurement, so that values can be compared.",
      so: "More of them make the quantile surer and cost time.",
      formula: "x_t ~ q_t at some levels of t", see: "Setup, group probe; Error, the axis points"),
    Term(
      "learned density", "learned log p_t", "learned log p",
      is:
        "The learned density is the one that the learned score stands for by its probability flow.",
      and: "It follows points back to noise and counts how the flow squeezes them.",
      so: "It is compared with the exact density at the same places.",
      formula: "log p(x) = log p_T(x_T) + the integral of the flow's divergence",
      see: "Samples after g, then G twice"),
    Term(
      "arrow", "arrows",
      is: "Arrows are scores in the plane, times sigma.",
      and: "Their longest is as long as the picture says at its foot.",
      so: "g changes from learned to the difference to exact ones.",
      formula: "sigma s(x, t)", see: "Samples after g"),
  ]
}
