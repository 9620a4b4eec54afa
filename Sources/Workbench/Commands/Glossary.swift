/// Every term and symbol on screen, in words.
enum Glossary {
  static let terms: [(term: String, meaning: String)] = [
    ("q_0, q_t", "the distribution of the data, and of data with the noise of time t added"),
    (
      "t",
      "time of the forward process: the stop, near 0, is almost data, the horizon almost noise"
    ),
    ("alpha, sigma", "x_t = alpha x_0 + sigma z: what is left of the data, and how much noise"),
    ("log SNR", "log(alpha^2 / sigma^2): large for little noise, small for much"),
    ("noise level", "one time t with its alpha and sigma; level 1 has the least noise"),
    ("score s, s_hat", "s is the gradient of log q_t, exact; s_hat is what the network says"),
    ("error", "||s_hat - s|| at a point, times sigma so that levels can be compared; no unit"),
    ("L2", "root of the mean of the squared error under q_t: a few bad points can decide it"),
    (
      "D_delta",
      "the (1 - delta) quantile of the error under q_t: all but a share delta of points are below"
    ),
    ("delta", "the share of points that D_delta leaves out; d and D change it"),
    ("Markov", "the bound L2 / sqrt(delta) on D_delta, from Markov's inequality"),
    (
      "Markov gap", "that bound divided by D_delta: how much L2 overstates the error of most points"
    ),
    ("worst 5%", "the share of the squared L2 error that the worst delta of the points carry"),
    ("few points", "fewer than 100 / delta points: the quantile is uncertain"),
    ("own samples", "errors at the points the reverse process itself goes through, not under q_t"),
    ("distance", "shells of points by their distance from the mean of q_t"),
    ("worst points", "where the error is largest, with the density there; in the user's units"),
    ("score matching", "training by the squared error of what the network predicts"),
    ("target", "what the network predicts: noise, data, velocity, score, each gives the others"),
    ("velocity", "the target v = alpha z - sigma x_0"),
    ("weighting", "how much the loss at each noise level counts"),
    ("levels", "the distribution that the noise levels of a batch are drawn from"),
    ("Bayes floor", "the loss of the exact score: with any network the mean loss stays above it"),
    ("held-out excess", "loss on fresh data minus the Bayes floor; 0 would be a perfect score"),
    ("smoothed", "running mean of the batches' losses"),
    ("batches", "the range of single batches' losses"),
    ("Huber", "a loss linear in errors beyond a length; its least value is not known"),
    ("training set n", "how many points there are to learn from; unlimited draws fresh ones"),
    ("learning rate", "the step size of the optimiser"),
    (
      "weight average",
      "mean of the weights over the last steps; it is what is measured and sampled"
    ),
    ("stratified", "a batch takes one noise level from each of as many equal parts"),
    ("waves", "sines and cosines of the level or of the coordinates that the network is fed"),
    ("residual", "layers of equal width add their input to their output"),
    ("process", "how data become noise; ornstein_uhlenbeck and vp keep the variance bounded"),
    ("horizon, stop", "the time where samples start, and the time where they end, just before 0"),
    ("sampler", "the method that follows the reverse process from the horizon to the stop"),
    ("time grid", "how the sampler's steps are spread over time"),
    ("noised data", "points of the distribution with the noise of the time cursor"),
    ("learned", "points of the reverse process with the learned score"),
    (
      "exact-score run",
      "the same sampler with the same noise and the exact score: what differs is the network"
    ),
    ("diverged", "the loss exploded; the run is back at its last good state"),
    ("seed", "where all random numbers come from; the same seed gives the same bits"),
    ("restarts", "the value cannot change live: the run begins again, with the same seed"),
    ("claim, verdict", "what a paper says, and whether it held, did not hold or was not tested"),
    ("agreement", "a check against a closed form or another method"),
    ("identity", "a check of the code alone"),
    ("caveat", "what to know before a result is quoted"),
    ("unit", "a piece of an experiment's work that is kept and can be resumed"),
    ("order", "a size up to constants that the theorem leaves open"),
  ]
}
