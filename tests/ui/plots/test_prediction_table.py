from dataclasses import replace

import numpy as np
import pytest

from nnsim.data.scenes import find_scene
from nnsim.model.data import DigitsData
from nnsim.ui.plots.prediction_table import PredictionModel


@pytest.fixture
def asked(monkeypatch):
    """The cells that the table is asked for."""
    cells, data = [], PredictionModel.data

    def counted(self, index, role=0):
        cells.append((index.row(), index.column()))
        return data(self, index, role)

    monkeypatch.setattr(PredictionModel, "data", counted)
    return cells


def change_theme(window, application):
    window.actions_by_name["theme"].trigger()
    application.processEvents()


def test_a_change_of_theme_measures_few_rows_of_many(open_window, application, asked):
    window = open_window("scratch")
    dataset = window.session.dataset
    many = replace(dataset, x=np.repeat(dataset.x, 500, axis=0), y=np.repeat(dataset.y, 500, axis=0))
    window.answer.table.show_data(many)
    asked.clear()
    change_theme(window, application)
    assert asked
    assert len({row for row, _ in asked}) < 100


def test_digits_and_planes_have_no_rows_out_of_sight(open_window, application, asked):
    scene = find_scene("mnist")
    window = open_window(replace(scene.document, data=DigitsData("generated", samples=60)))
    asked.clear()
    change_theme(window, application)
    assert not asked
    window.open_scene(find_scene("scratch"))
    assert window.answer.table.rows.rowCount() == 4
    window.open_scene(find_scene("xor"))
    assert window.answer.table.rows.rowCount() == 0
