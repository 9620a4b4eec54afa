/// How far samples are from their distribution.
extension Glossary {
  static let metrics: [Term] = [
    Term(
      "sample metrics", "metric", "metrics",
      is: "Sample metrics are distances between samples and the distribution.",
      and: "No single one sees every fault.",
      so: "Each stands next to what perfect samples give.",
      formula: "distance(samples, q)", see: "Samples, after M"),
    Term(
      "null", "within", "90% of perfect samples",
      is: "The null of a metric is what it gives for perfect samples of the same number.",
      and: "The band holds 90% of such values, so 1 in 20 lies above by chance.",
      so: "within means: not to be told from perfect, not that it is perfect.",
      formula: "5% and 95% quantiles over fresh samples of q",
      see: "Samples, after M, behind each value"),
    Term(
      "W1", "wasserstein1",
      is: "W1 is how far points have to be moved on average to become the other distribution.",
      and: "On the line it is the area between the two distribution functions.",
      so: "A small part far away counts by its mass times its distance.",
      formula: "integral |F(x) - G(x)| dx", see: "Samples on the line, after M"),
    Term(
      "W2", "wasserstein2",
      is: "W2 is the root of the mean squared way that points have to be moved.",
      and: "On the line it compares quantiles.",
      so: "It counts long ways more than W1 does.",
      formula: "sqrt(integral (F^-1(u) - G^-1(u))^2 du)", see: "Samples on the line, after M"),
    Term(
      "sliced W2", "sliced W1", "sliced_wasserstein1", "sliced_wasserstein2",
      is: "Sliced distances are those of the line, averaged over directions.",
      and: "Points are projected on each direction first.",
      so: "They are quick in any dimension and blind to what no projection shows.",
      formula: "sqrt(mean over directions u of W2(u.x, u.y)^2)", see: "Samples, after M"),
    Term(
      "MMD", "mmd",
      is: "MMD compares the mean similarity within and between two samples.",
      and: "Similarity is a Gaussian of the distance, as wide as the median distance.",
      so: "It sees differences at that scale best, and may be a little below 0 by chance.",
      formula: "MMD^2 = E k(x, x') + E k(y, y') - 2 E k(x, y)", see: "Samples, after M"),
    Term(
      "energy",
      is: "The energy distance compares mean distances within and between.",
      and: "It has no scale to choose.",
      so: "It is 0 only for equal distributions.",
      formula: "2 E|x - y| - E|x - x'| - E|y - y'|", see: "Samples, after M"),
    Term(
      "C2ST", "c2st_neighbors", "c2st_quadratic", "c2st_network",
      is: "C2ST is how often a classifier can tell samples from data.",
      and: "It is trained on one half and asked about the other.",
      so: "0.5 is guessing; 1 is told apart every time.",
      formula: "accuracy on points that were held out", see: "Samples, after M; scorefield measure"),
    Term(
      "total variation", "TV", "total_variation",
      is:
        "Total variation is the largest difference in probability that two distributions give to any event.",
      and: "It is estimated from histograms, so it has a null above 0.",
      so: "Bounds on samples are in total variation.",
      formula: "TV = (1/2) integral |p - q|", see: "scorefield measure; the plan page"),
    Term(
      "KL", "Kullback-Leibler divergence", "kl_neighbors", "kl_kernel", "likelihood_gap",
      is: "The Kullback-Leibler divergence is the mean of log p - log q under p.",
      and: "It is without bound where q forgets a part of p.",
      so: "Girsanov's theorem gives it for paths as the integral of the squared error.",
      formula: "KL(p || q) = E_p log(p / q)", see: "scorefield measure, train --kl"),
    Term(
      "Frechet distance", "frechet",
      is:
        "The Frechet distance is that of the normal distributions with the same means and covariances.",
      and: "With features of a network in place of points it is the FID of image models.",
      so: "It sees no more than means and covariances.",
      formula: "|m - n|^2 + tr(A + B - 2 (A B)^(1/2))", see: "scorefield measure"),
    Term(
      "mode coverage", "mode_coverage",
      is: "Mode coverage compares how many samples each part of a mixture gets with its weight.",
      and: "Each sample belongs to the part that it most likely comes from.",
      so: "A part that is missing shows at once.",
      formula: "sum (count - expected)^2 / expected", see: "scorefield measure, on mixtures"),
    Term(
      "memorization",
      is:
        "Memorisation is the share of samples much nearer to one training point than to all others.",
      and: "Even fresh data have some of it, more in few dimensions.",
      so: "Compare it with its null.",
      formula: "share with d_1 / d_2 < 1/3", see: "scorefield measure --training; lesson 11"),
  ]
}
