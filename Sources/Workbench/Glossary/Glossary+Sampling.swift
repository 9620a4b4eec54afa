/// From a score to samples.
extension Glossary {
  static let sampling: [Term] = [
    Term(
      "sampler",
      is:
        "The sampler is the method that follows the reverse process from the horizon to the stop.",
      and: "Each of its steps asks the score once or twice.",
      so: "With few steps the method matters more than the network.",
      formula: "x_horizon ~ noise, then x at each later time of the grid", see: "Setup, row sampler"
    ),
    Term(
      "reverse SDE", "SDE",
      is: "The reverse SDE runs the forward process backwards, with fresh noise at each step.",
      and: "It needs the score of q_t and nothing else of the data.",
      so:
        "Its points have the distribution q_t at every time, if the score is exact and the steps are short.",
      formula: "for ornstein_uhlenbeck x <- x + h (x + 2 s) + sqrt(2 h) z",
      see: "Samples, the trajectories of v; lesson 4"),
    Term(
      "probability flow", "flow", "learned flow",
      is: "The probability flow is the differential equation without noise that has the same q_t.",
      and: "Its paths are smooth and do not cross.",
      so: "It goes both ways, so it also gives the density of a point.",
      formula: "dx/dt = f x - g^2 s / 2",
      see: "Samples, the second picture of trajectories; lesson 5"),
    Term(
      "time grid", "grid",
      is: "The time grid says how the sampler's steps are spread over time.",
      and: "Near the data the score changes fast, so steps must be short there.",
      so: "A good grid saves more steps than a better method.",
      formula: "horizon = t_0 > t_1 > ... > t_N = stop", see: "Setup, row time grid; lesson 16"),
    Term(
      "samples", "learned", "sample",
      is: "Samples are points of the reverse process with the learned score.",
      and: "They are drawn again while the network learns, from the same noise.",
      so: "They should look like noised data at the same time.",
      formula: "x_0 of the sampler with s_hat", see: "Samples, the second picture"),
    Term(
      "exact-score run",
      is: "The exact-score run is the same sampler with the same noise and the exact score.",
      and: "Its errors are those of the steps and the horizon alone.",
      so: "What differs between it and the samples is the network.",
      formula: "x_0 of the sampler with s", see: "Samples, after x"),
    Term(
      "trajectory", "trajectories", "particles", "particle",
      is: "A trajectory is the path of one particle from noise to data.",
      and: "Particles have letters, the same in all pictures.",
      so: "i follows one with all its numbers, + puts one down anywhere.",
      formula: "x at t_0, t_1, ..., t_N", see: "Samples, after v"),
    Term(
      "twin",
      is:
        "The twin of a particle starts at the same place with the same noise and follows the exact score.",
      and: "It has the small letter of its particle.",
      so: "The distance of the two is what the error of the score adds up to.",
      formula: "||x_0 - twin_0||", see: "Samples with trajectories, after i"),
    Term(
      "outside",
      is: "Outside counts points that lie beyond the axes.",
      and: "Axes stay still over time, so the noise at the start may be wider than they are.",
      so: "X looks from farther off.",
      formula: "points with x or y beyond the axes", see: "Samples, the key of a picture"),
    Term(
      "points a field", "field",
      is: "Points a field says how many points fall into a field of the picture.",
      and: "Fields are as large as the colour bar's picture allows.",
      so: "It is an estimate of the density, as rough as its counts are small.",
      formula: "count in a field", see: "Samples, the densities of v"),
    Term(
      "nearest",
      is: "Nearest is the picture of the data that is nearest to a sample.",
      and: "It stands below each sample, of the training set where there is one.",
      so: "A sample that is nearly its nearest picture was learned by heart.",
      formula: "argmin_i ||sample - x_i||", see: "Samples of digits, after v"),
    Term(
      "apart",
      is: "Apart is how far the two pictures above it are from one another.",
      and:
        "Below samples it is the length of the difference, below a denoising path its root mean square over "
        + "pixels.",
      so: "A sample with ! is nearer than 5% of pictures left out are, and may be a copy.",
      formula: "||sample - x_i||", see: "Samples of digits, after v"),
    Term(
      "left out", "pictures left out",
      is: "Pictures left out are pictures of the data whose own copies do not count as near.",
      and: "They are smoothed as the data are, and 200 of them are the null of the distances.",
      so: "Samples that are no copies are as far away as they are.",
      formula: "min_j ||x_i + h z - x_j||, j not from i", see: "Samples of digits, after v"),
    Term(
      "denoising path", "E[x_0|x_t]",
      is: "The denoising path is the way of one sample from noise to a picture.",
      and: "Below each step are the pictures that network and exact score expect behind the noise.",
      so: "Where the two part, the network's error begins to show.",
      formula: "E[x_0|x_t] = (x_t + sigma^2 s) / alpha", see: "Samples of digits, after v"),
  ]
}
