UPDATE links SET geom = (SELECT geom FROM nodes WHERE node_id = 1) WHERE link_id = 10;
