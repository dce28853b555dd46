UPDATE links SET geom = (SELECT geom FROM links WHERE link_id = 11) WHERE link_id = 10;
