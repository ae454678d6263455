// The tests use an installed Firefox: a download of another browser would be wasted, and fails without a network.
module.exports = { skipDownload: true };
