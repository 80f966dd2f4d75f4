"""Distances on the globe."""

import numpy as np

EARTH_KM = 6371.0088


def distances(latitudes, longitudes, other_latitudes, other_longitudes):
    """Great-circle distances in km (haversine), right across the date line and at the poles.

    :param latitudes: (n,) degrees, nan where not known; `other_latitudes`: (m,)
    :return: (n, m) km, nan where one of the two places is not known
    """
    here, there = np.radians(latitudes)[:, None], np.radians(other_latitudes)[None, :]
    turn = np.radians(longitudes)[:, None] - np.radians(other_longitudes)[None, :]
    half = np.sin((here - there) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(turn / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))


def place_of(latitude, longitude, is_certain=False):
    """Coordinates as the database keeps them, as the engine wants them: nan where they say nothing.

    A coordinate of 0 is one like any other. Both 0 is what an empty form saves, and off the coast of Africa:
    it counts only where somebody says that it was found.
    """
    if latitude is None or longitude is None or (not latitude and not longitude and not is_certain):
        return float("nan"), float("nan")
    return float(latitude), float(longitude)
